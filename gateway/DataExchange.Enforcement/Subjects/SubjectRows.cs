using System.Security.Cryptography;
using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Subjects.Keys;
using DataExchange.Enforcement.Subjects.Vrf;
using DataExchange.Policy.Model;
using DataExchange.Policy.Subjects;

namespace DataExchange.Enforcement.Subjects;

/// <summary>
/// Makes the vault's rows and opens them. A row seals <c>SHA-256(subject id) ‖ nonce ‖ token ‖ proof ‖ key</c>, bound to its look-up
/// value and handle: nothing but the handle can be read without the master key.
/// </summary>
internal static class SubjectRows
{
    private const int NonceAt = SHA256.HashSizeInBytes;
    private const int TokenAt = NonceAt + Subject.NonceSize;
    private const int ProofAt = TokenAt + SubjectTag.TokenSize;
    private const int KeyAt = ProofAt + VrfProof.Size;
    private const int Size = KeyAt + SubjectCipher.KeySize;

    /// <summary>The row's look-up value under these keys.</summary>
    public static byte[] Lookup(ReadOnlySpan<byte> subjectId, VaultKeys keys) => keys.Lookup(SHA256.HashData(subjectId));

    /// <summary>
    /// A row for a subject that has none. The token is the VRF's output over id and nonce: once the row is destroyed nobody can compute
    /// it again, not even who knows the id and the VRF key. The key for sealed records is random for the same reason.
    /// </summary>
    public static StoredSubject Make(ReadOnlySpan<byte> subjectId, VaultKeys keys)
    {
        var secret = new byte[Size];
        SHA256.HashData(subjectId, secret);
        RandomNumberGenerator.Fill(secret.AsSpan(NonceAt, Subject.NonceSize));
        RandomNumberGenerator.Fill(secret.AsSpan(KeyAt));
        var proof = keys.Vrf.Prove([.. subjectId, .. secret.AsSpan(NonceAt, Subject.NonceSize)]);
        proof.ToHash().CopyTo(secret, TokenAt);
        proof.Encode().CopyTo(secret, ProofAt);
        return Seal(secret, RandomNumberGenerator.GetBytes(SubjectHandle.Size), keys);
    }

    /// <summary>The same subject under another master key.</summary>
    /// <exception cref="SubjectVaultException">The row was changed, or is not of this vault.</exception>
    public static StoredSubject Rewrap(StoredSubject row, VaultKeys keys, VaultKeys next) => Seal(Unseal(row, keys), row.Handle, next);

    /// <summary>Returns when the row opens under these keys.</summary>
    /// <exception cref="SubjectVaultException">The row was changed, or is not of this vault.</exception>
    public static void Check(StoredSubject row, VaultKeys keys) => CryptographicOperations.ZeroMemory(Unseal(row, keys));

    /// <exception cref="SubjectVaultException">The row was changed, or is not of this vault.</exception>
    public static Subject Open(StoredSubject row, VaultKeys keys)
    {
        var secret = Unseal(row, keys);
        var subject = new Subject(
            row.Handle.Span, secret.AsSpan(NonceAt, Subject.NonceSize), secret.AsSpan(TokenAt, SubjectTag.TokenSize), secret.AsSpan(ProofAt, VrfProof.Size),
            secret[KeyAt..]);
        CryptographicOperations.ZeroMemory(secret);
        return subject;
    }

    private static StoredSubject Seal(byte[] secret, ReadOnlyMemory<byte> handle, VaultKeys keys)
    {
        var lookup = keys.Lookup(secret.AsSpan(0, NonceAt));
        var row = new StoredSubject(lookup, handle, keys.Wrapping.Wrap(secret, [.. lookup, .. handle.Span]));
        CryptographicOperations.ZeroMemory(secret);
        return row;
    }

    private static byte[] Unseal(StoredSubject row, VaultKeys keys)
    {
        try
        {
            return keys.Wrapping.Unwrap(row.Sealed.Span, [.. row.Lookup.Span, .. row.Handle.Span], Size);
        }
        catch (CryptographicException exception)
        {
            // The handle says which row, and is nobody's name.
            throw new SubjectVaultException(
                $"The row of the subject vault with the handle {Convert.ToHexStringLower(row.Handle.Span)} does not open: it was changed, or moved from another vault.", exception);
        }
    }
}
