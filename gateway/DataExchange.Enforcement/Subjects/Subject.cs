using DataExchange.Policy.Model;

namespace DataExchange.Enforcement.Subjects;

/// <summary>A person or organisation as the gateway knows it once the vault has been asked: a token and a key, without the id.</summary>
/// <remarks>Instances are shared and immutable but for what they cache. The key does not leave the object.</remarks>
public sealed class Subject
{
    private readonly byte[] _token;
    private readonly byte[] _proof;
    private volatile MonthTag? _month;

    internal Subject(ReadOnlySpan<byte> token, ReadOnlySpan<byte> proof, byte[] key)
    {
        _token = token.ToArray();
        _proof = proof.ToArray();
        Token = new SubjectToken(Convert.ToHexStringLower(token));
        Cipher = new SubjectCipher(key);
    }

    /// <summary>The token in hexadecimal.</summary>
    public SubjectToken Token { get; }

    /// <summary>The token, 32 bytes: <c>s</c> of the log format.</summary>
    public ReadOnlyMemory<byte> TokenBytes => _token;

    /// <summary>The VRF proof that the token belongs to the subject id, 81 bytes: for the subject, who verifies it with <see cref="SubjectVault.VrfPublicKeyAsync"/>.</summary>
    public ReadOnlyMemory<byte> TokenProof => _proof;

    internal SubjectCipher Cipher { get; }

    /// <summary>The tag of this subject's leaves of that month (UTC), 32 bytes. Shared: do not write to it.</summary>
    /// <param name="timeMs">Log time, milliseconds since the Unix epoch.</param>
    public byte[] Tag(long timeMs)
    {
        var month = _month;
        if (month is null || !month.Covers(timeMs))
        {
            // Racers compute the same tag twice; around midnight of the first, two months take turns here.
            _month = month = MonthTag.At(_token, timeMs);
        }

        return month.Value;
    }

    /// <summary>Says nothing: the token in a log line would link every leaf of the subject.</summary>
    public override string ToString() => nameof(Subject);
}
