#!/usr/bin/perl
# A reader of packages written from resources/package-format/package-format.md alone (F20):
# Perl and its own modules, ssh-keygen, age, zstd, and script for a passphrase.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Json qw(parse_json whole text);
use Zip qw(read_zip require_canonical);
use Seal qw(ssh_signature key_of key_id verify open_age zstd_content);
use Encode qw(decode);
use Digest::SHA qw(sha256_hex);
use Math::BigInt;

my $HEX64   = qr/\A[0-9a-f]{64}\z/;
my $STATION = qr/\A[0-9]{6,12}\z/;
my $WRITER  = qr/\A([0-9]{6,12})-([0-9a-f]{8})\z/;
my $UUID    = '[0-9a-f]{8}-[0-9a-f]{4}-%s[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
my $UUID4   = sprintf $UUID, 4;
my $UUID7   = sprintf $UUID, 7;
my %KIND    = map { $_ => 1 } qw(submission urgent answer reference trust enrol restore);
my %SCANS   = map { $_ => 1 } qw(submission urgent restore);
my %OP      = map { $_ => 1 } qw(create edit merge void restore adopt);
my @TAGGED  = qw(bag-info.txt bagit.txt header.json manifest-sha256.txt);
my %LARGEST = (
    'header.json' => 65536, 'bagit.txt' => 4096, 'bag-info.txt' => 4096,
    'manifest-sha256.txt' => 4 << 20, 'tagmanifest-sha256.txt' => 4096,
);
my ($PACKAGE_NS, $TRUST_NS) = qw(zoufang-package-v1 zoufang-trust-v1);

sub refuse { die { code => $_[0] } }

my %given;
my $file = shift @ARGV;
while (my $option = shift @ARGV) { $given{ $option =~ s/^--//r } = shift @ARGV }
my %verdict = (verdict => 'accepted', opened => 0, lines => 0, scans => [], aside => []);
my $carried = types_by_kind("$FindBin::Bin/../../../resources/package-format/package-format.md");
eval {
    my $known = $given{trust} ? trust_of(open_outside($given{trust}, undef), undef) : undef;
    read_package($file, $known);
    1;
} or do {
    my $error = $@;
    die $error if !ref $error;
    my ($header, $tip) = @verdict{qw(header tip)};
    %verdict = (
        verdict => $error->{code} eq 'SIGNER_UNKNOWN' ? 'held' : 'refused', code => $error->{code},
        header => $header, tip => $tip, opened => 0, lines => 0, scans => [], aside => [],
    );
};
print_verdict();

sub read_package {
    my ($path, $known) = @_;
    my $seen = open_outside($path, $known);
    my $h    = $seen->{header};
    my $kind = text($h->{kind});
    refuse('HEADER_INVALID')
        if $kind eq 'enrol' && $known
        && !grep { $_->{role} eq 'city' && $_->{station} eq text($h->{to}) } @{ $known->{writers} };
    @verdict{qw(header tip)} = ($seen->{texts}{'header.json'}, $seen->{tip});
    my $outside = !grep { defined $given{$_} } qw(trust identity passphrase);
    judge_signer($seen, $known) if !$outside || $kind =~ /^(?:trust|enrol)$/;
    if ($kind eq 'trust') {
        $verdict{trust_version} = trust_of($seen, $known)->{version};
        @verdict{qw(opened lines_sha256)} = (1, sha256_hex(''));
        return;
    }
    return if !defined $given{identity} && !defined $given{passphrase};
    read_inside($seen);
}

# F1-F6, F3, F4: what needs neither trust nor key
sub open_outside {
    my ($path, $known) = @_;
    my $zip = read_zip($path);
    my $members = $zip->{members};
    for (sort keys %LARGEST) { refuse('MISSING_MEMBER') if !$members->{$_} }
    for (keys %$members) {
        refuse('TOO_LARGE') if $members->{$_}{size} > ($LARGEST{$_} // 500_000_000);
    }
    my %texts = map { $_ => $zip->{read}->($_) } keys %LARGEST;
    judge_versions($texts{'header.json'}, $known);
    my @payload = sort grep { m{^data/} } keys %$members;
    judge_payload_size($texts{'header.json'}, $zip, @payload);
    my $signer = judge_signature($zip, $texts{'tagmanifest-sha256.txt'}, $PACKAGE_NS);
    judge_manifests($zip, \%texts, @payload);
    require_canonical($zip);
    my $seen = { zip => $zip, texts => \%texts, payload => \@payload, signer => $signer };
    $seen->{tip}    = sha256_hex($texts{'tagmanifest-sha256.txt'});
    $seen->{header} = judge_header($seen);
    judge_payload($seen);
    return $seen;
}

sub judge_versions {
    my ($raw, $known) = @_;
    my $h = eval { parse_json($raw, 100_000) };
    return if !$h || $h->[0] ne 'o';
    my ($format, $crit, $suite) = @{ $h->[1] }{qw(format crit suite)};
    refuse('VERSION_TOO_NEW') if whole($format) && Math::BigInt->new($format->[1]) > 1;
    if ($crit && $crit->[0] eq 'a' && @{ $crit->[1] } && !grep { $_->[0] ne 's' } @{ $crit->[1] }) {
        refuse('VERSION_TOO_NEW');
    }
    return if !$suite || $suite->[0] ne 's';
    my @allowed = $known ? @{ $known->{suites} } : 'std-1';
    refuse('SUITE_NOT_ALLOWED') if !grep { $_ eq $suite->[1] } @allowed;
    refuse('VERSION_TOO_NEW')   if $suite->[1] ne 'std-1';
}

sub judge_payload_size {
    my ($raw, $zip, @payload) = @_;
    my $h = eval { parse_json($raw, 100_000) };
    my $kind = $h && $h->[0] eq 'o' ? text($h->[1]{kind}) // '' : '';
    my $most = { enrol => 64 << 10, trust => 64 << 20 }->{$kind} // return;
    my $size = 0;
    $size += $zip->{members}{$_}{size} for @payload;
    refuse('TOO_LARGE') if $size > $most;
}

sub judge_signature {
    my ($zip, $message, $namespace) = @_;
    my @found = grep { m{^signatures/} } keys %{ $zip->{members} };
    refuse('SIG_MISSING')  if !@found;
    refuse('EXTRA_MEMBER') if @found > 1;
    refuse('SIG_BAD')      if $zip->{members}{ $found[0] }{size} > 4096;
    my $signature = ssh_signature($zip->{read}->($found[0]));
    refuse('SIG_BAD') if $found[0] ne 'signatures/' . key_id($signature->{blob}) . '.sshsig';
    verify($signature, $namespace, $message);
    return $signature->{blob};
}

sub manifest {
    my ($raw) = @_;
    my (%found, $last);
    while ($raw =~ m{\G([0-9a-f]{64})  ([A-Za-z0-9._/-]{1,200})\n}gc) {
        refuse('PKG_CORRUPT') if defined $last && $last ge $2;
        $found{ $last = $2 } = $1;
    }
    refuse('PKG_CORRUPT') if (pos($raw) // 0) != length $raw;
    return \%found;
}

# F15.2: what is missing is told before what is too much
sub same {
    my ($listed, $present) = @_;
    my %listed = map { $_ => 1 } @$listed;
    my %present = map { $_ => 1 } @$present;
    refuse('MISSING_MEMBER') if grep { !$present{$_} } @$listed;
    refuse('EXTRA_MEMBER')   if grep { !$listed{$_} } @$present;
}

sub judge_manifests {
    my ($zip, $texts, @payload) = @_;
    my $tags = manifest($texts->{'tagmanifest-sha256.txt'});
    my @outer = grep { !m{^(?:data|signatures)/} } keys %{ $zip->{members} };
    same([ keys %LARGEST ], \@outer);
    same([ keys %$tags ], \@TAGGED);
    my $raw = $texts->{'manifest-sha256.txt'};
    refuse('HASH_MISMATCH') if sha256_hex($raw) ne $tags->{'manifest-sha256.txt'};
    my $listed = manifest($raw);
    same([ keys %$listed ], \@payload);
    my %all = (%$tags, %$listed);
    for (sort keys %all) {
        refuse('HASH_MISMATCH') if sha256_hex($zip->{read}->($_)) ne $all{$_};
    }
}

sub is_seq   { whole($_[0]) && $_[0][1] >= 1 }
sub is_count { whole($_[0]) && $_[0][1] >= 0 }
sub is_text  { my ($node, $form) = @_; $node && $node->[0] eq 's' && $node->[1] =~ $form }
sub is_null  { $_[0] && $_[0][0] eq 'z' }
sub is_list  { $_[0] && $_[0][0] eq 'a' }
sub is_object { $_[0] && $_[0][0] eq 'o' }

sub is_time {
    my ($node, $fraction) = @_;
    my $second = $fraction ? '(?:\.[0-9]+)?' : '';
    return 0 if !is_text($node, qr/\A([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})$second(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])\z/);
    my ($y, $m, $d, $hour, $min, $sec) = $node->[1] =~ /([0-9]+)/g;
    my $leap = ($y % 4 == 0 && $y % 100 != 0) || $y % 400 == 0;
    return $y >= 1 && $m >= 1 && $m <= 12 && $d >= 1
        && $d <= (31, $leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[ $m - 1 ]
        && $hour < 24 && $min < 60 && $sec < 60;
}

sub judge_header {
    my ($seen) = @_;
    my $raw  = $seen->{texts}{'header.json'};
    my $tree = eval { parse_json($raw, 100_000) } or refuse('HEADER_INVALID');
    refuse('HEADER_INVALID') if $tree->[0] ne 'o';
    my $h = $tree->[1];
    require_types($h);
    my $id = text($h->{package_id});
    refuse('ROOT') if $id ne $seen->{zip}{root};
    my ($kind, $writer, $station, $to) = map { text($h->{$_}) } qw(kind writer station to);
    my $seq = $h->{seq}[1];
    my $good =
           $h->{format}[1] == 1 && compact($raw) && is_seq($h->{seq})
        && $writer =~ $WRITER && $1 eq $station
        && $id =~ /\Azf-\Q$writer\E-([0-9]{6,})-[0-9a-f]{8}\z/ && $1 eq sprintf('%06d', $seq)
        && address($kind, $station, $to)
        && ($seq == 1 ? is_null($h->{prev}) : is_text($h->{prev}, $HEX64))
        && part($h->{part}) && is_time($h->{created}) && is_count($h->{trust_version})
        && recipients($kind, map { text($_) } @{ $h->{recipients}[1] })
        && is_text($h->{payload_oxum}, qr/\A(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\z/);
    refuse('HEADER_INVALID') if !$good;
    my $octets = 0;
    $octets += $seen->{zip}{members}{$_}{size} for @{ $seen->{payload} };
    my $oxum = "$octets." . @{ $seen->{payload} };
    my $declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    refuse('HEADER_INVALID')
        if $seen->{texts}{'bagit.txt'} ne $declaration
        || $seen->{texts}{'bag-info.txt'} ne "External-Identifier: $id\nPayload-Oxum: $oxum\n"
        || text($h->{payload_oxum}) ne $oxum;
    return $h;
}

sub require_types {
    my ($h) = @_;
    for (qw(suite package_id kind station writer to created payload_oxum)) {
        refuse('HEADER_INVALID') if !defined text($h->{$_});
    }
    for (qw(format seq trust_version)) { refuse('HEADER_INVALID') if !whole($h->{$_}) }
    for (qw(crit recipients)) {
        refuse('HEADER_INVALID') if !is_list($h->{$_}) || grep { $_->[0] ne 's' } @{ $h->{$_}[1] };
    }
    my ($prev, $part) = @{$h}{qw(prev part)};
    my $sound = $prev && $prev->[0] =~ /^[sz]$/ && $part && (is_null($part) || is_list($part));
    $sound &&= !is_list($part)
        || (@{ $part->[1] } == 2 && 2 == grep { whole($_) } @{ $part->[1] });
    refuse('HEADER_INVALID') if !$sound || !$KIND{ text($h->{kind}) };
}

sub compact { my $raw = $_[0] =~ s/"(?:[^"\\]|\\.)*"//gsr; $raw !~ /[ \t\r\n]/ }

sub address {
    my ($kind, $station, $to) = @_;
    return $kind eq 'trust' || $kind eq 'reference' if $to eq 'all';
    return 0 if $kind eq 'trust' || $to !~ $STATION;
    return $to ne $station || ($kind ne 'urgent' && $kind ne 'answer');
}

sub part {
    my ($node) = @_;
    return 1 if is_null($node);
    my ($i, $n) = map { $_->[1] } @{ $node->[1] };
    return $i >= 1 && $i <= $n;
}

sub recipients {
    my ($kind, @ids) = @_;
    my %once = map { $_ => 1 } @ids;
    return !@ids if $kind eq 'trust';
    my $most = $kind eq 'reference' ? 1000 : 128;
    return @ids <= $most && keys %once == @ids && !(grep { !/\A[0-9a-f]{16}\z/ } @ids)
        && (@ids || $kind eq 'reference');
}

# F3.7, F3.8
sub judge_payload {
    my ($seen) = @_;
    my $kind = text($seen->{header}{kind});
    my @paths = @{ $seen->{payload} };
    my (@needed, $optional);
    if ($kind eq 'trust') {
        my @numbers = map { m{\Adata/trust/((?!000000)[0-9]{6})\.json(?:|\.sshsig|\.new\.sshsig)\z} ? $1 : () } @paths;
        my ($last) = (sort { $b <=> $a } @numbers, 1);
        $last = @numbers + 1 if $last > @numbers + 1;
        @needed = ('data/allowed_signers');
        push @needed, map { ("data/trust/$_.json", "data/trust/$_.json.sshsig") } map { sprintf '%06d', $_ } 1 .. $last;
        $optional = qr{\Adata/trust/(?!000000)[0-9]{6}\.json\.new\.sshsig\z};
    } else {
        my $count = grep { m{\Adata/records-[0-9]{3}\.jsonl\.zst\.age\z} } @paths;
        @needed = ('data/index.json.age', map { records_path($_) } 0 .. ($count || 1) - 1);
        $optional = $SCANS{$kind} ? qr{\Adata/att/$UUID4\.age\z} : qr{\A(?!)};
    }
    my %there = map { $_ => 1 } @paths;
    my %needed = map { $_ => 1 } @needed;
    refuse('MISSING_MEMBER') if grep { !$there{$_} } @needed;
    refuse('EXTRA_MEMBER')   if grep { !$needed{$_} && !m{$optional} } @paths;
}

sub records_path { sprintf 'data/records-%03d.jsonl.zst.age', $_[0] }

# F7, F5.7
sub judge_signer {
    my ($seen, $known) = @_;
    my $h = $seen->{header};
    my ($kind, $writer, $to) = map { text($h->{$_}) } qw(kind writer to);
    if ($kind eq 'trust' || $kind eq 'enrol') {
        my $name = text($h->{station}) . '-' . substr key_id($seen->{signer}), 0, 8;
        refuse('SIGNER_NOT_WRITER') if $name ne $writer;
        return;
    }
    my ($one) = $known ? grep { $_->{blob} eq $seen->{signer} } @{ $known->{writers} } : ();
    refuse('SIGNER_UNKNOWN')    if !$one;
    refuse('SIGNER_NOT_WRITER') if $one->{writer} ne $writer;
    my $city = $kind eq 'reference' || $kind eq 'restore';
    refuse('KIND_FORBIDDEN') if !$one->{kinds}{$kind} || ($city && $one->{role} ne 'city');
    my $channel = $one->{channels}{$to} or refuse('KIND_FORBIDDEN');
    my ($first, $last) = @$channel;
    my $seq = $h->{seq}[1];
    refuse('REVOKED') if $seq < $first || (defined $last && $seq > $last);
}

# F13
sub trust_of {
    my ($seen, $known) = @_;
    my $zip = $seen->{zip};
    for (@{ $seen->{payload} }) { refuse('TOO_LARGE') if $zip->{members}{$_}{size} > 2 << 20 }
    my $trust = { version => 0, chain => [] };
    for (my $n = 1; ; $n++) {
        my $path = sprintf 'data/trust/%06d.json', $n;
        last if !$zip->{members}{$path};
        my ($sig, $new) = map { $zip->{members}{$_} } "$path.sshsig", "$path.new.sshsig";
        for ($sig, $new) { refuse('SIG_BAD') if $_ && $_->{size} > 4096 }
        my $version = {
            raw => $zip->{read}->($path), sig => $zip->{read}->("$path.sshsig"),
            new => $new ? $zip->{read}->("$path.new.sshsig") : undef,
        };
        my $ours = $known && $known->{chain}[ $n - 1 ];
        $trust = $ours ? known_version($known, $n, $version) : next_version($trust, $version);
    }
    refuse('TRUST_ROLLBACK') if $known && $trust->{version} < $known->{version};
    my $signers = join '', map { qq{$_->{writer} namespaces="$PACKAGE_NS" $_->{key}\n} } @{ $trust->{writers} };
    refuse('HASH_MISMATCH') if $zip->{read}->('data/allowed_signers') ne $signers;
    return $trust;
}

sub signed {
    my ($armor, $raw, $root) = @_;
    my $signature = ssh_signature($armor);
    verify($signature, $TRUST_NS, $raw);
    refuse('SIGNER_UNKNOWN') if $signature->{blob} ne $root;
}

sub known_version {
    my ($known, $n, $version) = @_;
    my $ours = $known->{chain}[ $n - 1 ];
    my $same = $ours->{raw} eq $version->{raw} && $ours->{sig} eq $version->{sig}
        && ($ours->{new} // '') eq ($version->{new} // '');
    if (!$same) {
        my $before = $known->{chain}[ $n > 1 ? $n - 2 : 0 ]{root};
        signed($version->{sig}, $version->{raw}, $before);
        refuse('CHAIN_BREAK') if $ours->{raw} ne $version->{raw};
        new_root($version, $ours->{root}, $before);
    }
    return $n == $known->{version} ? $known : { version => $n };
}

sub new_root {
    my ($version, $root, $before) = @_;
    if ($root eq $before) { refuse('EXTRA_MEMBER') if defined $version->{new}; return }
    refuse('MISSING_MEMBER') if !defined $version->{new};
    signed($version->{new}, $version->{raw}, $root);
}

sub next_version {
    my ($trust, $version) = @_;
    my $before = $trust->{version} ? $trust->{chain}[-1] : undef;
    signed($version->{sig}, $version->{raw}, $before->{root}) if $before;
    my $document = trust_document($version->{raw}) or refuse('INDEX_INVALID');
    my $root = $document->{root};
    signed($version->{sig}, $version->{raw}, $root) if !$before;
    new_root($version, $root, $before ? $before->{root} : $root);
    my $digest = $before ? sha256_hex($before->{raw}) : '';
    refuse('CHAIN_BREAK')
        if $document->{version} != $trust->{version} + 1 || $document->{previous} ne $digest;
    $document->{chain} = [ @{ $trust->{chain} }, { %$version, root => $root } ];
    return $document;
}

sub trust_document {
    my ($raw) = @_;
    my $tree = eval { parse_json($raw, 100_000) } or return;
    return if $tree->[0] ne 'o';
    my $d = $tree->[1];
    my $root = key_of(text($d->{root})) // return;
    return if !is_seq($d->{version}) || !(is_null($d->{previous}) || is_text($d->{previous}, $HEX64));
    return if grep { !is_list($d->{$_}) } qw(writers recipients suites);
    return if grep { $_->[0] ne 's' } @{ $d->{suites}[1] } or !@{ $d->{suites}[1] };
    my (@writers, %once);
    for my $node (@{ $d->{writers}[1] }) {
        my $one = trust_writer($node) // return;
        return if $once{ $one->{writer} }++ || $once{ $one->{key} }++;
        push @writers, $one;
    }
    for my $node (@{ $d->{recipients}[1] }) {
        return if !is_object($node) || !is_text($node->[1]{station}, $STATION) || !age_form($node->[1]{age});
    }
    return {
        version => $d->{version}[1], previous => text($d->{previous}) // '', root => $root,
        writers => \@writers, suites => [ map { $_->[1] } @{ $d->{suites}[1] } ],
    };
}

# The checksum of BIP 173 is part of what `age1…` is.
sub age_form {
    my ($node) = @_;
    return 0 if !is_text($node, qr/\Aage1[02-9ac-hj-np-z]{58}\z/);
    my @values = (3, 3, 3, 0, 1, 7, 5);
    push @values, map { index 'qpzry9x8gf2tvdw0s3jn54khce6mua7l', $_ } split //, substr $node->[1], 4;
    my $sum = 1;
    for my $value (@values) {
        my $top = $sum >> 25;
        $sum = ($sum & 0x1ffffff) << 5 ^ $value;
        my @generator = (0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3);
        for (0 .. 4) { $sum ^= $generator[$_] if $top >> $_ & 1 }
    }
    return $sum == 1;
}

sub trust_writer {
    my ($node) = @_;
    return if !is_object($node);
    my $w = $node->[1];
    return if grep { !defined text($w->{$_}) } qw(writer station role signing_key age);
    my ($name, $station, $role, $key) = map { text($w->{$_}) } qw(writer station role signing_key);
    my $blob = key_of($key) // return;
    return if $station !~ $STATION || $role eq '' || !age_form($w->{age});
    return if $name ne "$station-" . substr key_id($blob), 0, 8;
    return if !is_list($w->{kinds}) || grep { $_->[0] ne 's' } @{ $w->{kinds}[1] };
    return if !(is_null($w->{supersedes}) || is_text($w->{supersedes}, $WRITER));
    return if !is_object($w->{channels});
    my %channels;
    for my $to (keys %{ $w->{channels}[1] }) {
        my $range = $w->{channels}[1]{$to};
        return if ($to ne 'all' && $to !~ $STATION) || !is_list($range) || @{ $range->[1] } != 2;
        my ($first, $last) = @{ $range->[1] };
        return if !is_seq($first) || !(is_null($last) || is_count($last));
        $channels{$to} = [ $first->[1], is_null($last) ? undef : $last->[1] ];
    }
    return {
        writer => $name, station => $station, role => $role, key => $key, blob => $blob,
        kinds => { map { $_->[1] => 1 } @{ $w->{kinds}[1] } }, channels => \%channels,
    };
}

# F8-F12
sub read_inside {
    my ($seen) = @_;
    my $readers = @{ $seen->{header}{recipients}[1] };
    my $open = sub {
        my ($path, $most) = @_;
        return open_age($seen->{zip}{read}->($path), $readers, $most, \%given);
    };
    my $index = judge_index($open->('data/index.json.age', 16 << 20), $seen);
    my $state = { digest => Digest::SHA->new(256), number => 0, good => 0, parked => 0, unread => 0, spare => 1000, types => {}, rows => [], parents => {} };
    for my $path (sort grep { m{^data/records-} } keys %{ $index->{files} }) {
        my $facts = $index->{files}{$path};
        my $frame = $open->($path, 128 << 20);
        my $plain = zstd_content($frame, $facts->{length});
        judge_lines($plain, $seen, $index, $state);
        refuse('HASH_MISMATCH') if sha256_hex($plain) ne $facts->{sha256};
    }
    judge_cover($index, $state);
    judge_enrolment($seen, $state) if text($seen->{header}{kind}) eq 'enrol';
    my (@scans, @bad);
    for my $path (sort grep { m{^data/att/} } keys %{ $index->{files} }) {
        my $facts = $index->{files}{$path};
        my $plain = eval { $open->($path, $facts->{length}) };
        my $sound = defined $plain && length $plain == $facts->{length} && sha256_hex($plain) eq $facts->{sha256};
        push @{ $sound ? \@scans : \@bad }, $facts->{sha256};
    }
    push @{ $verdict{aside} }, map { qq({"code":"RECORD_INVALID","scan":"$_"}) } sort @bad;
    @verdict{qw(opened lines scans)} = (1, $state->{good}, [ sort @scans ]);
    $verdict{lines_sha256} = $state->{digest}->hexdigest;
}

sub judge_index {
    my ($raw, $seen) = @_;
    my $h = $seen->{header};
    my $tree = eval { parse_json($raw, 500_000) } or refuse('INDEX_INVALID');
    refuse('INDEX_INVALID') if $tree->[0] ne 'o';
    my $i = $tree->[1];
    index_types($i);
    for (qw(package_id kind writer to seq prev)) {
        my ($x, $y) = ($i->{$_}, $h->{$_});
        refuse('INNER_OUTER_MISMATCH') if $x->[0] ne $y->[0] || ($x->[1] // '') ne ($y->[1] // '');
    }
    my $files = $i->{files}[1];
    same([ keys %$files ], [ grep { $_ ne 'data/index.json.age' } @{ $seen->{payload} } ]);
    my %facts;
    for my $path (keys %$files) {
        my $one = $files->{$path}[1];
        my $sound = is_text($one->{sha256}, $HEX64) && is_count($one->{length});
        if ($path =~ m{^data/att/}) { $sound &&= shown($one->{$_}) for qw(name type) }
        refuse('INDEX_INVALID') if !$sound;
        $facts{$path} = { sha256 => text($one->{sha256}), length => $one->{length}[1] };
    }
    my $cover = judge_cover_form($i->{cover}[1]);
    ack_form($_->[1]) for @{ $i->{acks}[1] };
    refuse('INDEX_INVALID') if @{ $i->{acks}[1] } > 10_000;
    my @sizes = map { $facts{$_}{length} } grep { m{^data/records-} } keys %facts;
    my $sum = 0;
    for (@sizes) { refuse('TOO_LARGE') if $_ > 128 << 20; $sum += $_ }
    refuse('TOO_LARGE') if $sum > 1 << 30 || $cover->{lines} > 1_000_000;
    return { files => \%facts, cover => $cover };
}

sub index_types {
    my ($i) = @_;
    my $sound = !grep { !defined text($i->{$_}) } qw(package_id kind writer to);
    $sound &&= $KIND{ text($i->{kind}) } && whole($i->{seq}) && $i->{prev} && $i->{prev}[0] =~ /^[sz]$/;
    $sound &&= is_list($i->{acks}) && is_object($i->{cover}) && is_object($i->{files});
    if ($sound) {
        $sound = !grep { !is_object($i->{cover}[1]{$_}) } qw(records sums);
        $sound &&= !grep { !ack_types($_) } @{ $i->{acks}[1] };
        $sound &&= !grep { !facts_types($_) } values %{ $i->{files}[1] };
    }
    $sound &&= !grep { !whole($_) } values %{ $i->{cover}[1]{records}[1] };
    $sound &&= !grep { $_->[0] ne 's' } values %{ $i->{cover}[1]{sums}[1] };
    refuse('INDEX_INVALID') if !$sound;
}

sub facts_types {
    my ($node) = @_;
    return 0 if !is_object($node) || !defined text($node->[1]{sha256}) || !whole($node->[1]{length});
    return !grep { my $one = $node->[1]{$_}; $one && $one->[0] !~ /^[sz]$/ } qw(name type);
}

sub ack_types {
    my ($node) = @_;
    return 0 if !is_object($node);
    my $a = $node->[1];
    return 0 if grep { !defined text($a->{$_}) } qw(writer to);
    return 0 if !whole($a->{seq}) || !$a->{tip} || $a->{tip}[0] !~ /^[sz]$/;
    return 0 if grep { !is_list($a->{$_}) } qw(missing rejected parked);
    return 0 if grep { !whole($_) } @{ $a->{missing}[1] };
    return 0 if grep { $_->[0] ne 's' } @{ $a->{parked}[1] };
    return !grep { !is_object($_) || !whole($_->[1]{seq}) || !defined text($_->[1]{code}) } @{ $a->{rejected}[1] };
}

sub ack_form {
    my ($a) = @_;
    my $seq = $a->{seq}[1];
    my $sound = is_text($a->{writer}, $WRITER) && is_text($a->{to}, qr/\A(?:all|[0-9]{6,12})\z/) && is_count($a->{seq});
    $sound &&= $seq == 0 ? is_null($a->{tip}) : is_text($a->{tip}, $HEX64);
    $sound &&= !grep { @{ $a->{$_}[1] } > 10_000 } qw(missing rejected parked);
    $sound &&= !grep { $_->[1] <= $seq } @{ $a->{missing}[1] };
    $sound &&= !grep { $_->[1]{seq}[1] < 1 || text($_->[1]{code}) !~ /\A[A-Z_]{1,40}\z/ } @{ $a->{rejected}[1] };
    $sound &&= !grep { $_->[1] !~ $HEX64 } @{ $a->{parked}[1] };
    refuse('INDEX_INVALID') if !$sound;
}

sub shown {
    my ($node) = @_;
    return $node && $node->[0] eq 's' && length $node->[1] >= 1 && length $node->[1] <= 255 && $node->[1] !~ /\p{Cc}/;
}

sub judge_cover_form {
    my ($cover) = @_;
    my ($records, $sums) = map { $cover->{$_}[1] } qw(records sums);
    my $lines = 0;
    for my $part ($records, $sums) {
        refuse('INDEX_INVALID') if keys %$part > 200 || grep { length $_ < 1 || length $_ > 60 } keys %$part;
    }
    for (values %$records) { refuse('INDEX_INVALID') if !is_count($_); $lines += $_->[1] }
    for (values %$sums) {
        refuse('INDEX_INVALID') if $_->[1] !~ /\A-?[0-9]{1,24}(?:\.[0-9]{1,6})?\z/;
    }
    return {
        lines => $lines, types => { map { $_ => $records->{$_}[1] } keys %$records },
        sums => { map { $_ => $sums->{$_}[1] } keys %$sums },
    };
}

sub judge_lines {
    my ($plain, $seen, $index, $state) = @_;
    my @lines = split /(?<=\n)/, $plain;
    $state->{number} //= 0;
    $state->{spare_all} //= 1000 + 4 * $index->{cover}{lines};
    for my $whole (@lines) {
        my $ended = $whole =~ s/\n\z//;
        refuse('LINE_TOO_LONG') if length $whole > 1 << 20;
        my $number = ++$state->{number};
        refuse('COVER_MISMATCH') if $number > $index->{cover}{lines};
        refuse('RECORD_INVALID') if $number > 1 && text($seen->{header}{kind}) eq 'enrol';
        my $code = judge_line($whole, $ended, $seen, $state);
        if ($code) {
            refuse('LINES_INVALID') if ++$state->{parked} > 100_000;
            push @{ $verdict{aside} }, qq({"code":"$code","line":$number});
        }
    }
}

sub judge_line {
    my ($whole, $ended, $seen, $state) = @_;
    my ($h, $raw) = $whole =~ /\A\{"h":"([0-9a-f]{64})","r":(.*)\}\z/s;
    # The revision is read for the cover even where the line around it is not as it must be.
    $raw //= length $whole > 77 ? substr $whole, 76, -1 : '';
    my $r = $raw =~ /\A\{.*\}\z/s ? eval { parse_json($raw, 1 << 30) } : undef;
    $r = revision_types($r);
    if (!$r) { $state->{unread}++; return 'RECORD_INVALID' }
    my $type = text($r->{type});
    $state->{types}{$type}++;
    my @parents = map { $_->[1] } @{ $r->{parents}[1] };
    refuse('HISTORY_INVALID') if ($state->{spare_all} -= @parents) < 0;
    $state->{parents}{$_} = 1 for @parents;
    push @{ $state->{rows} }, [ $h // '', $type, $r->{body}[1] ];
    return 'RECORD_INVALID' if !$ended || !defined $h || sha256_hex($raw) ne $h;
    return 'RECORD_INVALID' if !revision_form($r, @parents);
    my $kind = text($seen->{header}{kind});
    return 'RECORD_INVALID' if !$carried->{$kind}{$type};
    if (text($r->{writer}) ne text($seen->{header}{writer})) {
        return 'RECORD_INVALID' if !is_text($r->{writer}, $WRITER);
        return 'REV_FORBIDDEN' if $kind ne 'restore';
    }
    $state->{digest}->add("$h\n");
    $state->{good}++;
    $state->{only} = $r;
    return;
}

sub revision_types {
    my ($tree) = @_;
    return if !is_object($tree);
    my $r = $tree->[1];
    return if grep { !defined text($r->{$_}) } qw(id type writer at by op);
    return if !whole($r->{schema}) || !is_object($r->{body}) || !is_list($r->{parents});
    return if grep { $_->[0] ne 's' } @{ $r->{parents}[1] };
    return if $r->{why} && $r->{why}[0] !~ /^[sz]$/;
    return $OP{ text($r->{op}) } ? $r : undef;
}

sub revision_form {
    my ($r, @parents) = @_;
    my $by = length text($r->{by});
    return 0 if !is_text($r->{id}, qr/\A$UUID7\z/) || !is_seq($r->{schema}) || @parents > 64;
    return 0 if grep { $_ !~ $HEX64 } @parents;
    for (1 .. $#parents) { return 0 if $parents[ $_ - 1 ] ge $parents[$_] }
    return is_time($r->{at}, 1) && $by >= 1 && $by <= 100;
}

# F11.11-F11.13
sub judge_cover {
    my ($index, $state) = @_;
    my $cover = $index->{cover};
    my $same = $state->{number} == $cover->{lines};
    for (keys %{ $state->{types} }) { $same &&= $state->{types}{$_} <= ($cover->{types}{$_} // 0) }
    for my $name ($state->{unread} ? () : qw(aid.money aid.goods_value visit.workers_met)) {
        my ($type, $member) = split /\./, $name;
        my $sum = Math::BigInt->new(0);
        for my $row (@{ $state->{rows} }) {
            next if $row->[1] ne $type || $state->{parents}{ $row->[0] };
            my $value = $row->[2]{$member};
            $sum += millionths($value->[1]) if $value && $value->[0] =~ /^[sn]$/ && ($value->[0] eq 's' || whole($value));
        }
        $same &&= $sum == millionths($cover->{sums}{$name} // '0', 24);
    }
    refuse('COVER_MISMATCH') if !$same;
}

sub millionths {
    my ($text, $digits) = @_;
    $digits //= 15;
    return Math::BigInt->new(0) if $text !~ /\A(-?)([0-9]{1,$digits})(?:\.([0-9]{1,6}))?\z/;
    return Math::BigInt->new($1 . $2 . substr(($3 // '') . '000000', 0, 6));
}

# F14
sub judge_enrolment {
    my ($seen, $state) = @_;
    refuse('RECORD_INVALID') if $state->{number} != 1 || $state->{good} != 1;
    my $b = $state->{only}{body}[1];
    refuse('RECORD_INVALID') if grep { !defined text($b->{$_}) } qw(signing_key age station machine);
    my $old = $b->{supersedes};
    refuse('RECORD_INVALID')
        if !age_form($b->{age}) || !is_text($b->{station}, $STATION) || length text($b->{machine}) > 255
        || ($old && !is_null($old) && !is_text($old, $WRITER));
    my $blob = key_of(text($b->{signing_key}));
    refuse('SIGNER_NOT_WRITER')
        if !defined $blob || $blob ne $seen->{signer} || text($b->{station}) ne text($seen->{header}{station});
}

# F18.2, read where it stands
sub types_by_kind {
    my ($path) = @_;
    my %found = (enrol => { enrol => 1 });
    open my $in, '<:encoding(UTF-8)', $path or die "$path: $!";
    while (<$in>) {
        my ($type, $kinds) = /^\| `(\w+)` \| [^|]+ \| ((?:\w+, )*(?:submission|urgent|answer|reference|restore)) \|$/ or next;
        $found{$_}{$type} = 1 for split /, /, $kinds;
    }
    return \%found;
}

sub print_verdict {
    my $quoted = sub { defined $_[0] ? qq("$_[0]") : 'null' };
    my @members = (
        [ verdict => $quoted->($verdict{verdict}) ], [ code => $quoted->($verdict{code}) ],
        [ header => $verdict{header} // 'null' ], [ tip => $quoted->($verdict{tip}) ],
        [ opened => $verdict{opened} ? 'true' : 'false' ], [ lines => $verdict{lines} ],
        [ lines_sha256 => $quoted->($verdict{lines_sha256}) ],
        [ scans => '[' . join(',', map { qq("$_") } @{ $verdict{scans} }) . ']' ],
        [ aside => '[' . join(',', @{ $verdict{aside} }) . ']' ],
        [ trust_version => $verdict{trust_version} // 'null' ],
    );
    print '{', join(',', map { qq("$_->[0]":$_->[1]) } @members), "}\n";
}
