# Who may send (F7), and the trust document (F13).
package Trust;
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Form qw(:all);
use Json qw(parse_json text);
use Seal qw(ssh_signature key_of key_id verify);
use Exporter 'import';
our @EXPORT_OK = qw(judge_signer trust_of);

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

1;
