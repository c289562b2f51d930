using System.Security.Cryptography;
using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Subjects.Keys;
using DataExchange.Enforcement.Subjects.Vrf;
using DataExchange.Policy.Subjects;

namespace DataExchange.Enforcement.Subjects;

/// <summary>Makes the vault's rows and opens them.</summary>
internal static class SubjectRows
{
    private const int LookupSize = 32;
    private const int BoundSize = LookupSize + SubjectTag.TokenSize + VrfProof.Size;

    /// <summary>A row for a subject that has none. The token follows from the id; the key is random, so that destroying the row destroys it.</summary>
    public static StoredSubject Make(byte[] lookup, ReadOnlySpan<byte> subjectId, VaultKeys keys)
    {
        var proof = keys.Vrf.Prove(subjectId);
        var (token, encodedProof) = (proof.ToHash(), proof.Encode());
        var key = RandomNumberGenerator.GetBytes(KeyWrap.KeySize);
        var wrapped = keys.Wrapping.Wrap(key, [.. lookup, .. token, .. encodedProof]);
        CryptographicOperations.ZeroMemory(key);
        return new StoredSubject(lookup, token, encodedProof, wrapped);
    }

    /// <exception cref="SubjectVaultException">The row was changed, or is not of this vault.</exception>
    public static Subject Open(StoredSubject row, VaultKeys keys)
    {
        byte[] bound = [.. row.Lookup.Span, .. row.Token.Span, .. row.Proof.Span];
        if (row.Lookup.Length != LookupSize || row.Token.Length != SubjectTag.TokenSize || bound.Length != BoundSize)
        {
            throw new SubjectVaultException("A row of the subject vault has parts of the wrong length.");
        }

        try
        {
            return new Subject(row.Token.Span, row.Proof.Span, keys.Wrapping.Unwrap(row.WrappedKey.Span, bound));
        }
        catch (CryptographicException exception)
        {
            throw new SubjectVaultException("A row of the subject vault does not open: it was changed, or moved from another vault.", exception);
        }
    }
}
