# What needs neither trust nor key: container, header, signature, digests, paths (F1-F6).
package Outside;
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Form qw(:all);
use Json qw(parse_json whole text);
use Math::BigInt;
use Seal qw(ssh_signature key_id verify);
use Zip qw(read_zip require_canonical);
use Exporter 'import';
our @EXPORT_OK = qw(open_outside);

my %SCANS   = map { $_ => 1 } qw(submission urgent restore);
my @TAGGED  = qw(bag-info.txt bagit.txt header.json manifest-sha256.txt);
my %LARGEST = (
    'header.json' => 65536, 'bagit.txt' => 4096, 'bag-info.txt' => 4096,
    'manifest-sha256.txt' => 4 << 20, 'tagmanifest-sha256.txt' => 4096,
);

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

1;
