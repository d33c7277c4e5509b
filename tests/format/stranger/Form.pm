# Forms that several parts of the format share, and how a refusal is raised.
package Form;
use strict;
use warnings;
use Json qw(whole);
use Exporter 'import';
our @EXPORT_OK = qw(refuse same is_seq is_count is_text is_null is_list is_object is_time age_form
    $HEX64 $STATION $WRITER $UUID4 $UUID7 %KIND %OP $PACKAGE_NS $TRUST_NS);
our %EXPORT_TAGS = (all => \@EXPORT_OK);

our $HEX64   = qr/\A[0-9a-f]{64}\z/;
our $STATION = qr/\A[0-9]{6,12}\z/;
our $WRITER  = qr/\A([0-9]{6,12})-([0-9a-f]{8})\z/;
my $UUID = '[0-9a-f]{8}-[0-9a-f]{4}-%s[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
our $UUID4 = sprintf $UUID, 4;
our $UUID7 = sprintf $UUID, 7;
our %KIND = map { $_ => 1 } qw(submission urgent answer reference trust enrol restore);
our %OP   = map { $_ => 1 } qw(create edit merge void restore adopt);
our ($PACKAGE_NS, $TRUST_NS) = qw(zoufang-package-v1 zoufang-trust-v1);

sub refuse { die { code => $_[0] } }

# F15.2: what is missing is told before what is too much
sub same {
    my ($listed, $present) = @_;
    my %listed = map { $_ => 1 } @$listed;
    my %present = map { $_ => 1 } @$present;
    refuse('MISSING_MEMBER') if grep { !$present{$_} } @$listed;
    refuse('EXTRA_MEMBER')   if grep { !$listed{$_} } @$present;
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

1;
