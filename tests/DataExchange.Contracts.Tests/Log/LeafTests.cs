using System.Formats.Cbor;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using DataExchange.Contracts.Log;

namespace DataExchange.Contracts.Tests.Log;

public sealed class LeafTests
{
    private static readonly Vectors<SealedLeafVector> Sealed = new("leaf/sealed.json", v => v.Name);
    private static readonly Vectors<OpenLeafVector> Open = new("leaf/open.json", v => v.Name);
    private static readonly Vectors<InvalidLeafVector> Invalid = new("leaf/invalid.json", v => v.Why);

    public static TheoryData<string> SealedNames => Sealed.Names;

    public static TheoryData<string> OpenNames => Open.Names;

    public static TheoryData<string> InvalidNames => Invalid.Names;

    [Theory]
    [MemberData(nameof(SealedNames))]
    public void Sealed_leaf_has_the_published_bytes(string name)
    {
        var vector = Sealed[name];
        var month = int.Parse(vector.Yyyymm, CultureInfo.InvariantCulture);
        var tag = SubjectTag.Compute(Convert.FromHexString(vector.Token), month / 100, month % 100);
        var commitment = new byte[Commitment.Size];
        Commitment.Compute(Convert.FromHexString(vector.OpeningKey), Encoding.UTF8.GetBytes(vector.Record), commitment);

        var leaf = new Leaf(vector.Kind, vector.TimeMs, tag, commitment);

        Assert.Equal(vector.Tag, Convert.ToHexStringLower(tag));
        Assert.Equal(vector.Commitment, Convert.ToHexStringLower(commitment));
        Assert.Equal(vector.Leaf, Convert.ToHexStringLower(leaf.Encode()));
        Assert.Equal(vector.LeafHash, HashOf(leaf.Encode()));
        Assert.False(leaf.IsOpen);
    }

    [Theory]
    [MemberData(nameof(OpenNames))]
    public void Open_leaf_has_the_published_bytes_and_shows_its_record(string name)
    {
        var vector = Open[name];
        var encoded = new Leaf(vector.Kind, vector.TimeMs, default, Encoding.UTF8.GetBytes(vector.Record)).Encode();

        Assert.Equal(vector.Leaf, Convert.ToHexStringLower(encoded));
        Assert.Equal(vector.LeafHash, HashOf(encoded));
        Assert.True(Leaf.TryDecode(encoded, out var read));
        Assert.True(read.IsOpen);
        Assert.Equal(vector.Record, Encoding.UTF8.GetString(read.Body.Span));
    }

    [Theory]
    [MemberData(nameof(SealedNames))]
    public void Decoding_gives_back_what_was_encoded(string name)
    {
        var vector = Sealed[name];

        Assert.True(Leaf.TryDecode(Convert.FromHexString(vector.Leaf), out var leaf));

        Assert.Equal(vector.Kind, leaf.Kind);
        Assert.Equal(vector.TimeMs, leaf.TimeMs);
        Assert.Equal(vector.Tag, Convert.ToHexStringLower(leaf.Tag.Span));
        Assert.Equal(vector.Commitment, Convert.ToHexStringLower(leaf.Body.Span));
    }

    [Theory]
    [MemberData(nameof(InvalidNames))]
    public void Anything_but_the_one_encoding_of_a_leaf_is_refused(string why)
    {
        Assert.False(Leaf.TryDecode(Convert.FromHexString(Invalid[why].Leaf), out var leaf));
        Assert.Equal(default, leaf);
    }

    [Fact]
    public void A_leaf_longer_than_an_entry_bundle_carries_is_neither_written_nor_read()
    {
        var longest = new Leaf(LeafKinds.RegionFounded, 1, default, new byte[Leaf.MaxLength - 22]).Encode();
        Assert.Equal(Leaf.MaxLength, longest.Length);
        Assert.True(Leaf.TryDecode(longest, out _));

        Assert.Throws<ArgumentException>(() => new Leaf(LeafKinds.RegionFounded, 1, default, new byte[Leaf.MaxLength - 21]).Encode());
    }

    [Fact]
    public void Personal_data_cannot_be_written_in_the_open()
    {
        var record = "{\"value\":\"11010519491231002X\"}"u8.ToArray();

        Assert.Throws<ArgumentException>(() => new Leaf(LeafKinds.AccessReleased, 1, default, record).Encode());
        Assert.Throws<ArgumentException>(() => new Leaf(LeafKinds.AccessReleased, 1, new byte[32], record).Encode());
        Assert.Throws<ArgumentException>(() => new Leaf("register.unheard-of", 1, default, record).Encode());
    }

    [Fact]
    public void The_zero_leaf_is_not_written() => Assert.Throws<ArgumentException>(() => default(Leaf).Encode());

    [Fact]
    public void A_general_cbor_reader_finds_the_same_parts_in_canonical_mode() =>
        AnyLeaf.Sample(leaf =>
        {
            var reader = new CborReader(leaf.Encode(), CborConformanceMode.Canonical);
            Assert.Equal(5, reader.ReadStartArray());
            Assert.Equal(1, reader.ReadInt32());
            Assert.Equal(leaf.Kind, reader.ReadTextString());
            Assert.Equal(leaf.TimeMs, reader.ReadInt64());
            Assert.Equal(leaf.Tag.ToArray(), reader.ReadByteString());
            Assert.Equal(leaf.Body.ToArray(), reader.ReadByteString());
            reader.ReadEndArray();
            Assert.Equal(0, reader.BytesRemaining);
        });

    [Fact]
    public void Whatever_decodes_is_the_encoding_of_what_it_decodes_to() =>
        Gen.Select(AnyLeaf, Gen.Int[0, 10_000], Gen.Byte).Sample((leaf, position, value) =>
        {
            var bytes = leaf.Encode();
            bytes[position % bytes.Length] = value;

            return !Leaf.TryDecode(bytes, out var read) || read.Encode().AsSpan().SequenceEqual(bytes);
        });

    private static readonly Gen<Leaf> AnyLeaf = Gen.OneOf(
        Gen.Select(Gen.OneOf(Gen.Const(LeafKinds.AccessReleased), Gen.Const(LeafKinds.ConsentGiven)), Gen.Long[0, Leaf.MaxTimeMs], Gen.Byte.Array[32], Gen.Byte.Array[32])
            .Select((kind, time, tag, body) => new Leaf(kind, time, tag, body)),
        Gen.Select(Gen.OneOf(Gen.Const(LeafKinds.RegionFounded), Gen.Const(LeafKinds.NoticePublished)), Gen.Long[0, 5_000_000_000], Gen.Byte.Array[1, 600])
            .Select((kind, time, body) => new Leaf(kind, time, default, body)));

    private static string HashOf(byte[] leaf) => Convert.ToHexStringLower(SHA256.HashData([0, .. leaf]));
}
