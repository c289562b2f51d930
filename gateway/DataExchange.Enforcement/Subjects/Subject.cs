using DataExchange.Contracts.Log;
using DataExchange.Policy.Model;

namespace DataExchange.Enforcement.Subjects;

/// <summary>A person or organisation as the gateway knows it once the vault has been asked: a handle, a token and a key, without the id.</summary>
/// <remarks>Instances are shared and immutable but for what they cache. The key does not leave the object.</remarks>
public sealed class Subject
{
    /// <summary>Length of <see cref="Nonce"/> in bytes.</summary>
    public const int NonceSize = 32;

    private readonly byte[] _nonce;
    private readonly byte[] _token;
    private readonly byte[] _proof;
    private volatile MonthTag? _month;

    internal Subject(ReadOnlySpan<byte> handle, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> token, ReadOnlySpan<byte> proof, byte[] key)
    {
        _nonce = nonce.ToArray();
        _token = token.ToArray();
        _proof = proof.ToArray();
        Handle = new SubjectHandle(Convert.ToHexStringLower(handle));
        Cipher = new SubjectCipher(key);
    }

    /// <summary>What the rules and the registers call the subject.</summary>
    public SubjectHandle Handle { get; }

    /// <summary>The token, 32 bytes: <c>s</c> of the log format. It computes every tag of the subject; nobody but the subject is told.</summary>
    public ReadOnlyMemory<byte> Token => _token;

    /// <summary>Made with the token and destroyed with it, 32 bytes: what the VRF was asked besides the subject id.</summary>
    public ReadOnlyMemory<byte> Nonce => _nonce;

    /// <summary>The VRF proof that the token belongs to subject id and nonce, 81 bytes: for the subject, who verifies it with <see cref="SubjectVault.VrfPublicKeyAsync"/>.</summary>
    public ReadOnlyMemory<byte> TokenProof => _proof;

    internal SubjectCipher Cipher { get; }

    /// <summary>The tag of this subject's leaves of that month (UTC), 32 bytes. Shared: do not write to it.</summary>
    /// <param name="timeMs">Log time, milliseconds since the Unix epoch.</param>
    public byte[] Tag(long timeMs) => Month(timeMs).Value;

    /// <summary>The tag that a leaf of this kind carries, 32 bytes. Shared: do not write to it.</summary>
    /// <param name="kind">A sealed kind.</param>
    /// <param name="timeMs">Log time, milliseconds since the Unix epoch.</param>
    public byte[] Tag(string kind, long timeMs) => LeafKinds.IsVeiled(kind) ? Month(timeMs).Veiled : Month(timeMs).Value;

    /// <summary>Says nothing: the token in a log line would link every leaf of the subject.</summary>
    public override string ToString() => nameof(Subject);

    private MonthTag Month(long timeMs)
    {
        var month = _month;
        if (month is null || !month.Covers(timeMs))
        {
            // Racers compute the same tag twice; around midnight of the first, two months take turns here.
            _month = month = MonthTag.At(_token, timeMs);
        }

        return month;
    }
}
