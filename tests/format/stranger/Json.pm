# Strict JSON (F4.1). A node is [type, value]: s text, n number as written, b, z null, a list, o object.
package Json;
use strict;
use warnings;
use Encode ();
use Exporter 'import';
our @EXPORT_OK = qw(parse_json whole text);

my $DEEPEST = 32;

sub parse_json {
    my ($raw, $most) = @_;
    die "too many values\n" if ($raw =~ tr/,[{//) > $most;
    my $in = Encode::decode('UTF-8', my $copy = $raw, Encode::FB_CROAK);
    my $node = value(\$in, 0);
    space(\$in);
    die "more behind\n" if pos($in) != length $in;
    return $node;
}

# A whole number: no fraction, no exponent, below 2^53.
sub whole {
    my ($node) = @_;
    return 0 if !$node || $node->[0] ne 'n' || $node->[1] !~ /\A-?[0-9]{1,16}\z/;
    return abs($node->[1]) <= 9007199254740991;
}

sub text { my ($node) = @_; return $node && $node->[0] eq 's' ? $node->[1] : undef }

sub space { ${ $_[0] } =~ /\G[ \t\r\n]*/gc; return }

sub value {
    my ($in, $depth) = @_;
    space($in);
    if ($$in =~ /\G"/gc) { return [ s => string($in) ] }
    if ($$in =~ /\G\{/gc) { return object($in, $depth + 1) }
    if ($$in =~ /\G\[/gc) { return list($in, $depth + 1) }
    if ($$in =~ /\G(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)/gc) { return number($1) }
    if ($$in =~ /\G(true|false)/gc) { return [ b => $1 ] }
    if ($$in =~ /\Gnull/gc) { return ['z'] }
    die "no value\n";
}

sub number {
    my ($text) = @_;
    die "out of range\n" if $text =~ /[.eE]/ && abs($text) == 9**9**9;
    return [ n => $text ];
}

sub string {
    my ($in) = @_;
    my $out = '';
    while (1) {
        if ($$in =~ /\G([^"\\\x00-\x1f]+)/gc) { $out .= $1 }
        elsif ($$in =~ /\G"/gc) { return $out }
        elsif ($$in =~ /\G\\u[dD]([89abAB][0-9a-fA-F]{2})\\u[dD]([c-fC-F][0-9a-fA-F]{2})/gc) {
            $out .= chr(0x10000 + ((hex("d$1") - 0xd800) << 10) + hex("d$2") - 0xdc00);
        }
        elsif ($$in =~ /\G\\u([0-9a-fA-F]{4})/gc) {
            die "lone surrogate\n" if hex($1) >= 0xd800 && hex($1) < 0xe000;
            $out .= chr hex $1;
        }
        elsif ($$in =~ m{\G\\(["\\/bfnrt])}gc) {
            $out .= { b => "\b", f => "\f", n => "\n", r => "\r", t => "\t" }->{$1} // $1;
        }
        else { die "bad text\n" }
    }
}

sub list {
    my ($in, $depth) = @_;
    die "too deep\n" if $depth > $DEEPEST;
    my @found;
    space($in);
    return [ a => \@found ] if $$in =~ /\G\]/gc;
    while (1) {
        push @found, value($in, $depth);
        space($in);
        return [ a => \@found ] if $$in =~ /\G\]/gc;
        $$in =~ /\G,/gc or die "no comma\n";
    }
}

sub object {
    my ($in, $depth) = @_;
    die "too deep\n" if $depth > $DEEPEST;
    my %found;
    space($in);
    return [ o => \%found ] if $$in =~ /\G\}/gc;
    while (1) {
        space($in);
        $$in =~ /\G"/gc or die "no name\n";
        my $name = string($in);
        die "twice\n" if exists $found{$name};
        space($in);
        $$in =~ /\G:/gc or die "no colon\n";
        $found{$name} = value($in, $depth);
        space($in);
        return [ o => \%found ] if $$in =~ /\G\}/gc;
        $$in =~ /\G,/gc or die "no comma\n";
    }
}

1;
