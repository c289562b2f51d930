using System.Collections.Concurrent;
using System.Text;
using CsCheck;
using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Subjects;
using DataExchange.TransparencyLog;
using static DataExchange.Enforcement.Tests.Subjects.VaultFixture;

namespace DataExchange.Enforcement.Tests.Subjects;

public sealed class RecordSealerTests : IAsyncLifetime
{
    private Subject _zhangSan = null!;
    private Subject _liSi = null!;

    public async ValueTask InitializeAsync()
    {
        var vault = Vault(new MemorySubjectStore(), new MemoryMasterKey());
        _zhangSan = await vault.ResolveAsync(ZhangSan, TestContext.Current.CancellationToken);
        _liSi = await vault.ResolveAsync(LiSi, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void What_was_sealed_opens_to_the_record_its_leaf_commits_to()
    {
        var entry = Seal(_zhangSan, Record(ZhangSan));

        Assert.True(RecordSealer.TryOpen(_zhangSan, Stored(entry), out var opened));

        Assert.Equal(Record(ZhangSan), opened.Record.ToArray());
        Assert.Equal(entry.OpeningKey.ToArray(), opened.OpeningKey.ToArray());
        Assert.Equal(LeafKinds.AccessReleased, opened.Leaf.Kind);
        Assert.Equal(January2026, opened.Leaf.TimeMs);
        Assert.True(Commitment.Verify(entry.OpeningKey.Span, Record(ZhangSan), opened.Leaf.Body.Span));
        Assert.Equal(SubjectTag.Compute(_zhangSan.Token.Span, 2026, 1), opened.Leaf.Tag.ToArray());
        Assert.Equal(entry.Tag.ToArray(), opened.Leaf.Tag.ToArray());
    }

    [Fact]
    public void Any_changed_byte_of_leaf_or_sealed_record_is_refused()
    {
        var entry = Seal(_zhangSan, Record(ZhangSan));
        var total = entry.Leaf.Length + entry.Sealed.Length;

        Gen.Select(Gen.Int[0, total - 1], Gen.Int[1, 255]).Sample((position, change) =>
        {
            byte[] leaf = [.. entry.Leaf.Span], sealedRecord = [.. entry.Sealed.Span];
            (position < leaf.Length ? leaf : sealedRecord)[position < leaf.Length ? position : position - leaf.Length] ^= (byte)change;
            return !RecordSealer.TryOpen(_zhangSan, new StoredEntry(0, leaf, sealedRecord, entry.Tag), out _);
        });
    }

    [Fact]
    public void A_sealed_record_that_was_cut_short_is_refused()
    {
        var entry = Seal(_zhangSan, Record(ZhangSan));

        for (var length = 0; length < entry.Sealed.Length; length++)
        {
            Assert.False(RecordSealer.TryOpen(_zhangSan, Stored(entry with { Sealed = entry.Sealed[..length] }), out _));
        }
    }

    [Fact]
    public void Nobody_opens_the_record_of_another() =>
        Assert.False(RecordSealer.TryOpen(_liSi, Stored(Seal(_zhangSan, Record(ZhangSan))), out _));

    [Fact]
    public void Two_entries_of_one_person_cannot_swap_their_records()
    {
        var one = Seal(_zhangSan, Record(ZhangSan));
        var other = Seal(_zhangSan, Record(ZhangSan));

        Assert.False(RecordSealer.TryOpen(_zhangSan, Stored(one with { Sealed = other.Sealed }), out _));
    }

    [Fact]
    public void A_leaf_holds_nothing_of_the_person_or_the_record()
    {
        var leaf = Seal(_zhangSan, Record(ZhangSan)).Leaf.Span;

        Assert.False(Holds(leaf, ZhangSan.Value));
        Assert.False(Holds(leaf, ZhangSan.Scheme));
        Assert.False(Holds(leaf, Encoding.UTF8.GetString(Record(ZhangSan))));
        Assert.Equal(-1, leaf.IndexOf(_zhangSan.Token.Span));
    }

    [Fact]
    public void The_sealed_record_shows_nothing_of_the_person_either() =>
        Assert.False(Holds(Seal(_zhangSan, Record(ZhangSan)).Sealed.Span, ZhangSan.Value));

    [Fact]
    public void Tags_change_with_the_month_at_midnight_utc()
    {
        const long february = 1_769_904_000_000;

        Assert.Equal(_zhangSan.Tag(January2026), _zhangSan.Tag(february - 1));
        Assert.NotEqual(_zhangSan.Tag(february - 1), _zhangSan.Tag(february));
        Assert.Equal(SubjectTag.Compute(_zhangSan.Token.Span, 2026, 2), _zhangSan.Tag(february));
        Assert.Equal(SubjectTag.Compute(_zhangSan.Token.Span, 2026, 1), _zhangSan.Tag(January2026));
    }

    [Fact]
    public void One_record_sealed_twice_shares_nothing_but_its_tag()
    {
        var one = Seal(_zhangSan, Record(ZhangSan));
        var other = Seal(_zhangSan, Record(ZhangSan));

        Assert.NotEqual(one.Leaf.ToArray(), other.Leaf.ToArray());
        Assert.NotEqual(one.OpeningKey.ToArray(), other.OpeningKey.ToArray());
        Assert.NotEqual(one.Sealed.Span[1..13].ToArray(), other.Sealed.Span[1..13].ToArray());
    }

    [Fact]
    public void Many_may_seal_and_open_for_one_person_at_once()
    {
        var nonces = new ConcurrentDictionary<string, bool>();

        Parallel.For(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            var record = Encoding.UTF8.GetBytes($$"""{"i":{{i}}}""");
            var entry = Seal(_zhangSan, record);
            Assert.True(nonces.TryAdd(Convert.ToHexString(entry.Sealed.Span[1..13]), true));
            Assert.True(RecordSealer.TryOpen(_zhangSan, Stored(entry), out var opened));
            Assert.Equal(record, opened.Record.ToArray());
        });
    }

    [Fact]
    public void Nothing_about_a_person_is_sealed_under_an_open_kind() =>
        Assert.Throws<ArgumentException>(() => RecordSealer.Seal(_zhangSan, LeafKinds.MemberAdmitted, January2026, Record(ZhangSan)));

    [Fact]
    public void An_open_leaf_has_nothing_to_open()
    {
        var leaf = Leaf.Encode(LeafKinds.RegionFounded, January2026, [], "{}"u8);

        Assert.False(RecordSealer.TryOpen(_zhangSan, new StoredEntry(0, leaf, default, default), out _));
        Assert.False(RecordSealer.TryOpen(_zhangSan, default, out _));
    }
}
