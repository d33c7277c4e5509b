#!/usr/bin/perl
# A reader of packages written from resources/package-format/package-format.md alone (F20):
# Perl and its own modules, ssh-keygen, age, zstd, and script for a passphrase.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Digest::SHA qw(sha256_hex);
use Form qw(refuse);
use Inside qw(read_inside);
use Json qw(text);
use Outside qw(open_outside);
use Trust qw(judge_signer trust_of);

my %given;
my $file = shift @ARGV;
while (my $option = shift @ARGV) { $given{ $option =~ s/^--//r } = shift @ARGV }
my %verdict = (verdict => 'accepted', opened => 0, lines => 0, scans => [], aside => []);
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
    %verdict = (%verdict, read_inside($seen, \%given));
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
