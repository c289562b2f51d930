using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using DataExchange.Enforcement.Subjects.Vrf;

namespace DataExchange.Enforcement.Tests.Subjects;

public sealed class VrfTests
{
    /// <summary>A line of <c>vectors/ecvrf/rfc9381-b1.json</c>: RFC 9381 appendix B.1; bytes are hexadecimal.</summary>
    public sealed record Vector(string Name, string Sk, string Pk, string Alpha, string Pi, string Beta);

    private static readonly Dictionary<string, Vector> Vectors = JsonSerializer.Deserialize<List<Vector>>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors/ecvrf/rfc9381-b1.json")), JsonSerializerOptions.Web)!.ToDictionary(v => v.Name);

    private static readonly VrfSecretKey Key = VrfSecretKey.FromSeed(new byte[48]);

    public static TheoryData<string> Names => [.. Vectors.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Proving_gives_the_published_proof_and_output(string name)
    {
        var vector = Vectors[name];
        var key = VrfSecretKey.FromScalar(Convert.FromHexString(vector.Sk));

        var proof = key.Prove(Convert.FromHexString(vector.Alpha));

        Assert.Equal(vector.Pk, Convert.ToHexStringLower(key.PublicKey.Encode()));
        Assert.Equal(vector.Pi, Convert.ToHexStringLower(proof.Encode()));
        Assert.Equal(vector.Beta, Convert.ToHexStringLower(proof.ToHash()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Verifying_accepts_the_published_proof(string name)
    {
        var vector = Vectors[name];
        Assert.True(VrfPublicKey.TryParse(Convert.FromHexString(vector.Pk), out var key));
        Assert.True(VrfProof.TryParse(Convert.FromHexString(vector.Pi), out var proof));

        Assert.True(key.TryVerify(Convert.FromHexString(vector.Alpha), proof, out var beta));
        Assert.Equal(vector.Beta, Convert.ToHexStringLower(beta));
    }

    [Fact]
    public void Any_changed_byte_of_a_proof_is_rejected()
    {
        var alpha = "alpha"u8.ToArray();
        var pi = Key.Prove(alpha).Encode();

        Gen.Select(Gen.Int[0, VrfProof.Size - 1], Gen.Int[1, 255]).Sample((position, change) =>
        {
            var changed = pi.ToArray();
            changed[position] ^= (byte)change;
            return !VrfProof.TryParse(changed, out var proof) || !Key.PublicKey.TryVerify(alpha, proof, out _);
        }, iter: 300);
    }

    [Fact]
    public void A_proof_is_of_one_text_and_one_key() =>
        Gen.Byte.Array[0, 80].Sample(alpha =>
        {
            var proof = Key.Prove(alpha);
            Assert.True(Key.PublicKey.TryVerify(alpha, proof, out var beta));
            Assert.Equal(proof.ToHash(), beta);
            Assert.False(Key.PublicKey.TryVerify([.. alpha, 0], proof, out _));
            Assert.False(VrfSecretKey.FromSeed(Encoding.ASCII.GetBytes(new string('x', 48))).PublicKey.TryVerify(alpha, proof, out _));
        }, iter: 30);

    [Fact]
    public void Proofs_that_cannot_be_decoded_are_refused()
    {
        var pi = Key.Prove("alpha"u8).Encode();

        Assert.False(VrfProof.TryParse(pi.AsSpan(1), out _));
        Assert.False(VrfProof.TryParse([.. pi, 0], out _));
        Assert.False(VrfProof.TryParse([4, .. pi.AsSpan(1)], out _));
        // s = q
        Assert.False(VrfProof.TryParse([.. pi.AsSpan(0, 49), .. Convert.FromHexString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")], out _));
        // x = p, not a field element
        Assert.False(VrfProof.TryParse([2, .. Convert.FromHexString("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"), .. pi.AsSpan(33)], out _));
    }

    [Fact]
    public void Infinity_is_no_public_key()
    {
        Assert.False(VrfPublicKey.TryParse([0], out _));
        Assert.False(VrfPublicKey.TryParse(new byte[33], out _));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")]
    [InlineData("01")]
    public void Only_scalars_of_the_group_are_secret_keys(string hex) =>
        Assert.Throws<CryptographicException>(() => VrfSecretKey.FromScalar(Convert.FromHexString(hex)));
}
