# What is sealed: index, record files, lines, cover, scans, and what enrols (F8-F12, F14).
package Inside;
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use FindBin;
use Form qw(:all);
use Json qw(parse_json whole text);
use Math::BigInt;
use Seal qw(key_of open_age zstd_content);
use Exporter 'import';
our @EXPORT_OK = qw(read_inside);

my $carried = types_by_kind("$FindBin::Bin/../../../resources/package-format/package-format.md");

# F8-F12
sub read_inside {
    my ($seen, $given) = @_;
    my $readers = @{ $seen->{header}{recipients}[1] };
    my $open = sub {
        my ($path, $most) = @_;
        return open_age($seen->{zip}{read}->($path), $readers, $most, $given);
    };
    my $index = judge_index($open->('data/index.json.age', 16 << 20), $seen);
    my $state = { digest => Digest::SHA->new(256), number => 0, good => 0, parked => 0, unread => 0, types => {}, rows => [], parents => {}, aside => [] };
    for my $path (sort grep { m{^data/records-} } keys %{ $index->{files} }) {
        my $facts = $index->{files}{$path};
        my $frame = $open->($path, 128 << 20);
        my $plain = zstd_content($frame, $facts->{length});
        my $ended = 1 + rindex $plain, "\n";
        judge_lines(substr($plain, 0, $ended), $seen, $index, $state);
        refuse('LINE_TOO_LONG') if length($plain) - $ended > 1 << 20;
        refuse('HASH_MISMATCH') if sha256_hex($plain) ne $facts->{sha256};
        judge_lines(substr($plain, $ended), $seen, $index, $state);
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
    push @{ $state->{aside} }, map { qq({"code":"RECORD_INVALID","scan":"$_"}) } sort @bad;
    return (
        opened => 1, lines => $state->{good}, scans => [ sort @scans ], aside => $state->{aside},
        lines_sha256 => $state->{digest}->hexdigest,
    );
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
            push @{ $state->{aside} }, qq({"code":"$code","line":$number});
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

1;
