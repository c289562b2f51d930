using DataExchange.Merkle.Tests.Notes;

namespace DataExchange.Merkle.Tests.Cose;

public sealed class CoseReceiptTests
{
    private static readonly MerkleHash[] Leaves = [.. Enumerable.Range(0, 21).Select(i => TreeHasher.Leaf([(byte)i]))];

    public static TheoryData<int, int> Places => new(
        from size in new[] { 2, 3, 7, 8, 21 }
        from index in Enumerable.Range(0, size)
        select (size, index));

    [Theory]
    [MemberData(nameof(Places))]
    public void A_receipt_is_read_back_and_verifies_for_its_leaf_and_no_other(int size, int index)
    {
        Assert.True(CoseReceipt.TryDecode(Sign(size, index).Encode(), out var receipt));

        Assert.Equal((size, index), (receipt.Size, receipt.Index));
        Assert.True(receipt.Verify(Leaves[index], Keys.Log.Verifier));
        Assert.False(receipt.Verify(TreeHasher.Leaf("another"u8), Keys.Log.Verifier));
        Assert.False(receipt.Verify(Leaves[index], Keys.OtherLog.Verifier));
    }

    /// <summary>The bytes of RFC 9942's structure, written out by hand for a tree of two leaves.</summary>
    [Fact]
    public void The_bytes_are_those_of_the_RFC()
    {
        var bytes = Sign(2, 0).Encode();

        // 18([ << {1: -8, 4: key id, 15: {1: origin}, 395: 1} >>, {396: {-1: [ << [2, 0, [hash]] >> ]}}, null, signature ])
        var origin = System.Text.Encoding.UTF8.GetBytes(Keys.Origin);
        byte[] header = [0xA4, 0x01, 0x27, 0x04, 0x44, .. BigEndian(Keys.Log.Verifier.KeyId), 0x0F, 0xA1, 0x01, (byte)(0x60 + origin.Length), .. origin, 0x19, 0x01, 0x8B, 0x01];
        byte[] expected = [0xD2, 0x84, 0x58, (byte)header.Length, .. header, 0xA1, 0x19, 0x01, 0x8C, 0xA1, 0x20, 0x81, 0x58, 0x26, 0x83, 0x02, 0x00, 0x81, 0x58, 0x20, .. Leaves[1].Bytes, 0xF6, 0x58, 0x40];
        Assert.Equal(expected, bytes[..^64]);
    }

    /// <summary>Every bit of a receipt counts, but for what no signature covers: a tree size under which the path leads to the same root.</summary>
    [Theory]
    [InlineData(21, 13)]
    [InlineData(7, 0)]
    [InlineData(2, 1)]
    public void Any_changed_bit_is_rejected_unless_it_only_names_a_size_with_the_same_path(int size, int index)
    {
        var bytes = Sign(size, index).Encode();
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            if (CoseReceipt.TryDecode(changed, out var receipt) && receipt.Verify(Leaves[index], Keys.Log.Verifier))
            {
                Assert.NotEqual(size, receipt.Size);
                Assert.Equal(index, receipt.Index);
                Assert.True(ProofVerifier.TryRoot(index, receipt.Size, Leaves[index], receipt.Path, out var root));
                Assert.Equal(CompactRange.Empty.Extend(Leaves[..size]).After.Root(), root);
            }
        }
    }

    [Fact]
    public void A_receipt_that_is_cut_off_or_goes_on_is_none()
    {
        var bytes = Sign(21, 13).Encode();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(CoseReceipt.TryDecode(bytes.AsMemory(0, length), out _));
        }

        Assert.False(CoseReceipt.TryDecode((byte[])[.. bytes, 0], out _));
    }

    /// <summary>RFC 9942 §5.2: <c>inclusion-path: [ + bstr ]</c>.</summary>
    [Fact]
    public void An_empty_path_is_neither_signed_nor_read()
    {
        Assert.Throws<ArgumentException>(() => Sign(1, 0));
        var signed = Sign(2, 0);
        Assert.False(CoseReceipt.TryDecode((signed with { Size = 1, Path = [] }).Encode(), out _));
    }

    [Fact]
    public void A_log_signs_no_receipt_over_another_logs_checkpoint() =>
        Assert.Throws<ArgumentException>(() => Keys.Log.SignReceipt(new Checkpoint(Keys.OtherLog.Name, 2, Leaves[0]), 0, [Leaves[1]]));

    private static CoseReceipt Sign(int size, int index)
    {
        var tree = CompactRange.Empty.Extend(Leaves[..size]);
        return Keys.Log.SignReceipt(new Checkpoint(Keys.Origin, size, tree.After.Root()), index, tree.InclusionProof(index));
    }

    private static byte[] BigEndian(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
