using System.Security.Cryptography;
using DataExchange.Contracts.Log;

namespace DataExchange.Contracts.Tests.Log;

public sealed class CommitmentTests
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(Commitment.Size);
    private readonly byte[] _commitment = new byte[Commitment.Size];

    [Fact]
    public void Key_and_record_open_their_commitment()
    {
        Commitment.Compute(_key, "{}"u8, _commitment);

        Assert.True(Commitment.Verify(_key, "{}"u8, _commitment));
    }

    [Fact]
    public void Another_key_or_record_does_not()
    {
        Commitment.Compute(_key, "{}"u8, _commitment);

        Assert.False(Commitment.Verify(_key, "[]"u8, _commitment));
        Assert.False(Commitment.Verify(RandomNumberGenerator.GetBytes(Commitment.Size), "{}"u8, _commitment));
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Commitment.Compute(new byte[16], "{}"u8, _commitment));
        Assert.Throws<ArgumentException>(() => Commitment.Compute(_key, "{}"u8, new byte[31]));
        Assert.False(Commitment.Verify([], "{}"u8, _commitment));
        Assert.False(Commitment.Verify(_key, "{}"u8, []));
    }
}
