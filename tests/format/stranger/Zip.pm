# The container (F1, F2.1-F2.5, F6.6).
package Zip;
use strict;
use warnings;
use Compress::Raw::Zlib qw(crc32);
use Exporter 'import';
our @EXPORT_OK = qw(read_zip require_canonical);

my $DEVICE = qr/\A(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?\z/is;

sub refuse { die { code => $_[0] } }

sub read_zip {
    my ($path) = @_;
    my $size = -s $path // die "$path: $!";
    refuse('TOO_LARGE') if $size > 4294967295;
    open my $in, '<:raw', $path or die "$path: $!";
    my $data = do { local $/; <$in> } // '';
    my ($entries, $directory) = entries($data);
    locate($data, $_) for @$entries;
    judge_names(@$entries);
    for (@$entries) { refuse('ZIP_METHOD') if $_->{method} }
    judge_overlap($directory, @$entries);
    my ($root) = $entries->[0]{name} =~ m{\A([^/]*)/};
    my %members = map { substr($_->{name}, 1 + length $root) => $_ } @$entries;
    my $read = sub { my $one = $members{ $_[0] }; return substr $data, $one->{start}, $one->{size} };
    return { data => $data, root => $root, members => \%members, read => $read };
}

sub entries {
    my ($data) = @_;
    my $from = length $data > 65557 ? length($data) - 65557 : 0;
    my $end = rindex $data, "PK\5\6";
    refuse('PKG_CORRUPT') if $end < $from || $end + 22 > length $data;
    my ($count, $length, $offset) = unpack 'vVV', substr $data, $end + 10, 10;
    refuse('TOO_LARGE') if $count > 10_000 || $length > 4 << 20;
    my $directory = $end - $length;
    my $shift = $directory - $offset;
    refuse('PKG_CORRUPT') if $shift < 0;
    my @found;
    my $at = $directory;
    while ($at < $end) {
        refuse('PKG_CORRUPT') if $at + 46 > $end || substr($data, $at, 4) ne "PK\1\2";
        my @f = unpack 'x10 v x8 V x4 v3 x4 V V', substr $data, $at, 46;
        my ($method, $size, $name, $extra, $comment, $attributes, $place) = @f;
        my $next = $at + 46 + $name + $extra + $comment;
        refuse('PKG_CORRUPT') if $next > $end;
        refuse('TOO_LARGE')   if @found == 10_000;
        push @found, {
            name => substr($data, $at + 46, $name), method => $method, size => $size,
            offset => $place + $shift, link => ($attributes >> 16 & 0170000) == 0120000,
        };
        $at = $next;
    }
    return (\@found, $directory);
}

sub locate {
    my ($data, $one) = @_;
    my $header = $one->{offset} + 30 <= length $data ? substr $data, $one->{offset}, 30 : '';
    refuse('PKG_CORRUPT') if substr($header, 0, 4) ne "PK\3\4";
    my ($name, $extra) = unpack 'x26 v2', $header;
    $one->{start} = $one->{offset} + 30 + $name + $extra;
    refuse('PKG_CORRUPT') if $one->{start} + $one->{size} > length $data;
}

sub judge_names {
    my @entries = @_;
    for (@entries) { refuse('PATH_UNSAFE') if !is_safe($_->{name}) }
    my (%once, %roots);
    for (@entries) { refuse('PATH_DUP') if $once{ lc $_->{name} }++ }
    for (@entries) { refuse('PATH_UNSAFE') if $_->{link} }
    for (@entries) { $roots{ $_->{name} =~ m{\A([^/]+)/} ? $1 : '' } = 1 }
    refuse('ROOT') if keys %roots != 1 || $roots{''};
}

sub is_safe {
    my ($name) = @_;
    return 0 if $name !~ m{\A[A-Za-z0-9._/-]{1,200}\z};
    return !grep { $_ eq '' || /\A\./ || /\.\z/ || $_ =~ $DEVICE } split m{/}, $name, -1;
}

sub judge_overlap {
    my ($directory, @entries) = @_;
    my $before = 0;
    for (sort { $a->{offset} <=> $b->{offset} } @entries) {
        refuse('ZIP_OVERLAP') if $_->{offset} < $before;
        $before = $_->{start} + $_->{size};
    }
    refuse('ZIP_OVERLAP') if $before > $directory;
}

sub require_canonical {
    my ($zip) = @_;
    my ($body, $directory, $count) = ('', '', 0);
    my $root = $zip->{root};
    my @paths = sort grep { $_ ne 'header.json' } keys %{ $zip->{members} };
    for my $path ('header.json', @paths) {
        my $data = $zip->{read}->($path);
        my $name = "$root/$path";
        my @facts = (crc32($data), length $data, length $data, length $name);
        $directory .= 'PK' . pack('C2 v6 V3 v5 V2', 1, 2, 20, 20, 0, 0, 0, 0x21, @facts, 0, 0, 0, 0, 0, length $body) . $name;
        $body .= 'PK' . pack('C2 v5 V3 v2', 3, 4, 20, 0, 0, 0, 0x21, @facts, 0) . $name . $data;
        $count++;
    }
    my $end = "PK\5\6" . pack 'v4 V2 v', 0, 0, $count, $count, length $directory, length $body, 0;
    refuse('ZIP_NOT_CANONICAL') if $zip->{data} ne $body . $directory . $end;
}

1;
