# Signatures (F5), age files (F8) and zstd frames (F10), with ssh-keygen, age, zstd and script.
package Seal;
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Encode ();
use File::Temp qw(tempdir);
use IPC::Open3;
use Math::BigInt;
use MIME::Base64;
use Symbol 'gensym';
use Exporter 'import';
our @EXPORT_OK = qw(ssh_signature key_of key_id verify open_age zstd_content);

my $WORK = tempdir(CLEANUP => 1);
my $ORDER = Math::BigInt->new(2)->bpow(252)->badd('27742317777372353535851937790883648493');
my $B64 = qr{[A-Za-z0-9+/]};

sub refuse { die { code => $_[0] } }

sub put {
    my ($name, $data) = @_;
    open my $out, '>:raw', "$WORK/$name" or die "$name: $!";
    print {$out} $data;
    close $out or die "$name: $!";
    return "$WORK/$name";
}

sub strings {
    my ($data) = @_;
    my @found;
    while (length $data) {
        return if length $data < 4;
        my $size = unpack 'N', $data;
        return if length $data < 4 + $size;
        push @found, substr $data, 4, $size;
        $data = substr $data, 4 + $size;
    }
    return @found;
}

sub armored {
    my ($body) = @_;
    return "-----BEGIN SSH SIGNATURE-----\n" . ($body =~ s/(.{1,70})/$1\n/gr) . "-----END SSH SIGNATURE-----\n";
}

sub ssh_signature {
    my ($armor) = @_;
    refuse('SIG_BAD') if length $armor > 4096;
    my ($body) = $armor =~ /\A-----BEGIN SSH SIGNATURE-----\n((?:$B64|[=\n])+)-----END SSH SIGNATURE-----\n\z/;
    refuse('SIG_BAD') if !defined $body;
    my $data = decode_base64($body =~ s/\n//gr);
    refuse('SIG_BAD') if armored(encode_base64($data, '')) ne $armor || substr($data, 0, 10) ne "SSHSIG\0\0\0\1";
    my @parts = strings(substr $data, 10);
    refuse('SIG_BAD') if @parts != 5 || $parts[2] ne '' || $parts[3] ne 'sha512' || !is_key($parts[0]);
    my @value = strings($parts[4]);
    refuse('SIG_BAD') if @value != 2 || $value[0] ne 'ssh-ed25519' || length $value[1] != 64;
    return { blob => $parts[0], namespace => $parts[1], value => $value[1], armor => $armor };
}

sub is_key {
    my @parts = strings($_[0]);
    return @parts == 2 && $parts[0] eq 'ssh-ed25519' && length $parts[1] == 32;
}

sub key_of {
    my ($text) = @_;
    return if !defined $text || $text !~ m{\Assh-ed25519 ($B64+=*)\z};
    my $blob = decode_base64($1);
    return is_key($blob) && $text eq 'ssh-ed25519 ' . encode_base64($blob, '') ? $blob : undef;
}

sub key_id { return substr sha256_hex($_[0]), 0, 16 }

sub verify {
    my ($signature, $namespace, $message) = @_;
    refuse('SIG_NAMESPACE') if $signature->{namespace} ne $namespace;
    my $half = Math::BigInt->from_bytes(scalar reverse substr $signature->{value}, 32);
    refuse('SIG_BAD') if $half >= $ORDER;
    my $file = put('signature', $signature->{armor});
    my ($status) = run($message, undef, 'ssh-keygen', '-Y', 'check-novalidate', '-n', $namespace, '-s', $file);
    refuse('SIG_BAD') if $status;
}

# Run a tool with what stands in `given`; its exit status, at most `most` + 1 bytes, its complaint.
sub run {
    my ($given, $most, @command) = @_;
    my $input = put('input', $given);
    open my $in, '<:raw', $input or die "$input: $!";
    open my $errors, '+>:raw', "$WORK/errors" or die $!;
    my $out;
    my $child = open3('<&' . fileno $in, $out, '>&' . fileno $errors, @command);
    binmode $out;
    my $told = '';
    while (my $got = read $out, my $piece, 1 << 16) {
        $told .= $piece;
        last if defined $most && length $told > $most;
    }
    close $out;
    waitpid $child, 0;
    my $status = $?;
    seek $errors, 0, 0;
    local $/;
    return ($status, $told, scalar <$errors>);
}

sub open_age {
    my ($sealed, $readers, $most, $given) = @_;
    return open_by_code($sealed, $most, $given->{passphrase}) if !$readers;
    refuse('NOT_FOR_US') if !defined $given->{identity};
    my $limit = 22 + 400 * ($readers + 2);
    my $end = index $sealed, "\n---";
    refuse('PKG_CORRUPT')
        if substr($sealed, 0, 22) ne "age-encryption.org/v1\n" || $end < 0 || $end + 4 > $limit
        || (() = substr($sealed, 0, $end) =~ /\n-> /g) > $readers + 2;
    my ($status, $plain, $told) = run($sealed, $most, 'age', '-d', '-i', $given->{identity});
    refuse('TOO_LARGE') if length $plain > $most;
    return $plain if !$status;
    refuse($told =~ /no identity matched/ ? 'NOT_FOR_US' : 'PKG_CORRUPT');
}

sub open_by_code {
    my ($sealed, $most, $code) = @_;
    refuse('NOT_FOR_US') if !defined $code;
    my ($salt, $cost, $body, $mac) =
        $sealed =~ m!\Aage-encryption\.org/v1\n-> scrypt ((?:$B64){22}) ([1-9][0-9]?)\n((?:$B64){43})\n--- ((?:$B64){43})\n!;
    refuse('PKG_CORRUPT') if !defined $mac || $cost > 19;
    for ($salt, $body, $mac) {
        refuse('PKG_CORRUPT') if encode_base64(decode_base64($_ . '=' x (-length($_) % 4)), '') !~ /\A\Q$_\E=*\z/;
    }
    my ($file, $plain) = (put('sealed', $sealed), "$WORK/plain");
    unlink $plain;
    # age asks a terminal for the code, and script is one.
    my ($status, $told) = run("$code\n", undef, 'script', '-qec', "age -d -o $plain $file", '/dev/null');
    return slurp($plain, $most) if !$status && -e $plain;
    refuse($told =~ /incorrect passphrase/ ? 'NOT_FOR_US' : 'PKG_CORRUPT');
}

sub slurp {
    my ($path, $most) = @_;
    refuse('TOO_LARGE') if -s $path > $most;
    open my $in, '<:raw', $path or die "$path: $!";
    local $/;
    return scalar <$in> // '';
}

sub zstd_content {
    my ($frame, $declared) = @_;
    my ($size, $body, $descriptor, $window) = frame_header($frame);
    my ($less, $more) = $size < $declared ? ($size, $declared) : ($declared, $size);
    refuse('BOMB') if $more > 200 * length $frame;
    require_alone($frame, $body, $descriptor & 4);
    # Without its content size, so that zstd leaves the judging of it to F10.3.
    my $open = "\x28\xb5\x2f\xfd" . pack('C2', $descriptor & 0x0c, $window) . substr $frame, $body;
    my ($status, $plain) = run($open, $less, 'zstd', '-dcq');
    refuse('BOMB') if length $plain > $less;
    refuse('PKG_CORRUPT') if $status;
    refuse('HASH_MISMATCH') if length $plain < $more;
    return $plain;
}

# RFC 8878 3.1.1.1: content size, where the blocks begin, descriptor, window.
sub frame_header {
    my ($frame) = @_;
    refuse('PKG_CORRUPT') if substr($frame, 0, 4) ne "\x28\xb5\x2f\xfd" || length $frame < 6;
    my $descriptor = ord substr $frame, 4, 1;
    my $single = $descriptor >> 5 & 1;
    my $width = (0, 2, 4, 8)[ $descriptor >> 6 ] || $single;
    my $body = 5 + (1 - $single) + $width;
    refuse('PKG_CORRUPT') if $descriptor & 0x0b || !$width || length $frame < $body;
    my $raw = substr $frame, $body - $width, $width;
    my $size = 0;
    $size = $size * 256 + ord for reverse split //, $raw;
    $size += 256 if $width == 2;
    my $window = $single ? 13 << 3 : ord substr $frame, 5, 1;
    refuse('PKG_CORRUPT') if $window > 13 << 3 || ($single && $size > 8 << 20);
    return ($size, $body, $descriptor, $window);
}

sub require_alone {
    my ($frame, $at, $checksum) = @_;
    my $last = 0;
    while (!$last) {
        refuse('PKG_CORRUPT') if $at + 3 > length $frame;
        my $block = unpack 'V', substr($frame, $at, 3) . "\0";
        my ($type, $size) = ($block >> 1 & 3, $block >> 3);
        $last = $block & 1;
        $at += 3 + ($type == 1 ? 1 : $size);
    }
    refuse('PKG_CORRUPT') if $at + $checksum != length $frame;
}

1;
