using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace DataExchange.Enforcement.Subjects;

/// <summary>AES-256-GCM under one subject's key. Safe for concurrent use.</summary>
/// <remarks>
/// An <see cref="AesGcm"/> serves one caller at a time and costs as much to make as a record costs to encrypt. One idle instance
/// is kept: the outcome of an exchange reuses the one of its intent. Callers who race for it make their own.
/// </remarks>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "A subject that leaves the cache may still be in use by others; the native handle's finalizer frees what is idle then.")]
internal sealed class SubjectCipher(byte[] key)
{
    public const int NonceSize = 12;
    public const int TagSize = 16;
    public const int KeySize = 32;

    private AesGcm? _idle;

    /// <summary>In place: the text becomes its ciphertext.</summary>
    public void Encrypt(ReadOnlySpan<byte> nonce, Span<byte> text, Span<byte> tag, ReadOnlySpan<byte> associated)
    {
        var aes = Take();
        aes.Encrypt(nonce, text, text, tag, associated);
        GiveBack(aes);
    }

    /// <exception cref="AuthenticationTagMismatchException">Something was changed, or the key is another's.</exception>
    public void Decrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> text, ReadOnlySpan<byte> associated)
    {
        var aes = Take();
        aes.Decrypt(nonce, ciphertext, tag, text, associated);
        GiveBack(aes);
    }

    private AesGcm Take() => Interlocked.Exchange(ref _idle, null) ?? new AesGcm(key, TagSize);

    // An instance that threw is not given back.
    private void GiveBack(AesGcm aes)
    {
        if (Interlocked.CompareExchange(ref _idle, aes, null) is not null)
        {
            aes.Dispose();
        }
    }
}
