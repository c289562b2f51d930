using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace DataExchange.Merkle;

/// <summary>
/// A COSE receipt of inclusion (RFC 9942) in a tree of RFC 9162 with SHA-256: a tagged COSE_Sign1 (RFC 9052) whose payload is the tree's
/// root, detached, so that a verifier has to compute it. Written and read in deterministic CBOR only; one receipt has one encoding.
/// </summary>
/// <remarks>The RFC gives a path at least one hash (§5.2, <c>inclusion-path: [ + bstr ]</c>): a tree of one entry has no receipt, and of an empty path none is read.</remarks>
/// <param name="Size">Size of the tree, at least 2. Not signed by itself: the root is, and some indexes have the same path in trees of different sizes.</param>
/// <param name="Index">Index of the leaf.</param>
/// <param name="Path">The inclusion path, the leaf's sibling first.</param>
/// <param name="Header">The protected header, encoded.</param>
/// <param name="Signature">Ed25519, 64 bytes.</param>
public sealed record CoseReceipt(long Size, long Index, IReadOnlyList<MerkleHash> Path, ReadOnlyMemory<byte> Header, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Registered by RFC 9052 §11.3.</summary>
    public const string MediaType = "application/cose; cose-type=\"cose-sign1\"";

    private const CborTag Sign1 = (CborTag)18;
    private const int Algorithm = 1;
    private const int EdDsa = -8;
    private const int KeyIdentifier = 4;
    private const int Claims = 15; // CWT claims, RFC 9597
    private const int Issuer = 1;
    private const int DataStructure = 395;
    private const int Rfc9162Sha256 = 1;
    private const int Proofs = 396;
    private const int InclusionProofs = -1;

    /// <summary>The encoded receipt.</summary>
    public byte[] Encode()
    {
        var proof = new CborWriter(CborConformanceMode.Canonical);
        proof.WriteStartArray(3);
        proof.WriteInt64(Size);
        proof.WriteInt64(Index);
        proof.WriteStartArray(Path.Count);
        foreach (var hash in Path)
        {
            proof.WriteByteString(hash.Bytes);
        }

        proof.WriteEndArray();
        proof.WriteEndArray();

        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteTag(Sign1);
        writer.WriteStartArray(4);
        writer.WriteByteString(Header.Span);
        writer.WriteStartMap(1);
        writer.WriteInt32(Proofs);
        writer.WriteStartMap(1);
        writer.WriteInt32(InclusionProofs);
        writer.WriteStartArray(1);
        writer.WriteByteString(proof.Encode());
        writer.WriteEndArray();
        writer.WriteEndMap();
        writer.WriteEndMap();
        writer.WriteNull();
        writer.WriteByteString(Signature.Span);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Whether these bytes begin as a tagged COSE_Sign1 does: no JSON and no text does so.</summary>
    public static bool IsLike(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty && bytes[0] == 0xD2;

    /// <summary>Reads a receipt; checks its form only.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out CoseReceipt? receipt)
    {
        try
        {
            receipt = Read(bytes);
            return true;
        }
        catch (Exception exception) when (exception is CborContentException or InvalidOperationException or OverflowException)
        {
            // How the reader says that something else stands there.
            receipt = null;
            return false;
        }
    }

    /// <summary>Whether the log's key signed it: algorithm, key and issuer are this log's, and no other header parameter is there.</summary>
    public bool IsOf(NoteVerifier log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return Header.Span.SequenceEqual(HeaderOf(log));
    }

    /// <summary>Whether the receipt shows that the log has this leaf at the index.</summary>
    public bool Verify(in MerkleHash leafHash, NoteVerifier log) =>
        IsOf(log) && ProofVerifier.TryRoot(Index, Size, leafHash, Path, out var root) && log.VerifyReceipt(ToBeSigned(Header.Span, root), Signature.Span);

    /// <summary>The protected header of a log's receipts: <c>{1: -8 (EdDSA), 4: C2SP key id, 15: {1: origin}, 395: 1}</c>.</summary>
    internal static byte[] HeaderOf(NoteVerifier log)
    {
        Span<byte> keyId = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(keyId, log.KeyId);
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartMap(4);
        writer.WriteInt32(Algorithm);
        writer.WriteInt32(EdDsa);
        writer.WriteInt32(KeyIdentifier);
        writer.WriteByteString(keyId);
        writer.WriteInt32(Claims);
        writer.WriteStartMap(1);
        writer.WriteInt32(Issuer);
        writer.WriteTextString(log.Name);
        writer.WriteEndMap();
        writer.WriteInt32(DataStructure);
        writer.WriteInt32(Rfc9162Sha256);
        writer.WriteEndMap();
        return writer.Encode();
    }

    /// <summary>The Sig_structure (RFC 9052 §4.4): <c>["Signature1", header, h'', root]</c>.</summary>
    internal static byte[] ToBeSigned(ReadOnlySpan<byte> header, in MerkleHash root)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(4);
        writer.WriteTextString("Signature1");
        writer.WriteByteString(header);
        writer.WriteByteString([]);
        writer.WriteByteString(root.Bytes);
        writer.WriteEndArray();
        return writer.Encode();
    }

    private static CoseReceipt Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new CborReader(bytes, CborConformanceMode.Canonical);
        Require(reader.ReadTag() == Sign1 && reader.ReadStartArray() == 4);
        var header = reader.ReadByteString();
        Require(reader.ReadStartMap() == 1 && reader.ReadInt32() == Proofs && reader.ReadStartMap() == 1 && reader.ReadInt32() == InclusionProofs
            && reader.ReadStartArray() == 1);
        var (size, index, path) = ReadProof(reader.ReadByteString());
        reader.ReadEndArray();
        reader.ReadEndMap();
        reader.ReadEndMap();
        reader.ReadNull();
        var signature = reader.ReadByteString();
        reader.ReadEndArray();
        Require(reader.BytesRemaining == 0);
        return new CoseReceipt(size, index, path, header, signature);
    }

    private static (long Size, long Index, MerkleHash[] Path) ReadProof(byte[] bytes)
    {
        var reader = new CborReader(bytes, CborConformanceMode.Canonical);
        Require(reader.ReadStartArray() == 3);
        var (size, index, count) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadStartArray());
        Require(size >= 0 && index >= 0 && count is > 0 and <= ProofPaths.MaxInclusion);
        var path = new MerkleHash[count!.Value];
        for (var i = 0; i < path.Length; i++)
        {
            var hash = reader.ReadByteString();
            Require(hash.Length == MerkleHash.Size);
            path[i] = new MerkleHash(hash);
        }

        reader.ReadEndArray();
        reader.ReadEndArray();
        Require(reader.BytesRemaining == 0);
        return (size, index, path);
    }

    private static void Require(bool isSo)
    {
        if (!isSo)
        {
            throw new CborContentException("Not a receipt.");
        }
    }
}
