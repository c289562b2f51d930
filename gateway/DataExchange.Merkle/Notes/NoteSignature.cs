using System.Buffers.Binary;

namespace DataExchange.Merkle;

/// <summary>One signature line of a note: who says to have signed, and the bytes after the key id.</summary>
internal readonly record struct NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes)
{
    private const string LineStart = "\u2014 ";

    public static string FormatLine(NoteVerifier key, ReadOnlySpan<byte> signature)
    {
        var bytes = new byte[sizeof(uint) + signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, key.KeyId);
        signature.CopyTo(bytes.AsSpan(sizeof(uint)));
        return $"{LineStart}{key.Name} {Convert.ToBase64String(bytes)}\n";
    }

    /// <summary>Parses a line without its newline.</summary>
    public static bool TryParse(ReadOnlySpan<char> line, out NoteSignature signature)
    {
        signature = default;
        if (!line.StartsWith(LineStart, StringComparison.Ordinal))
        {
            return false;
        }

        line = line[LineStart.Length..];
        var space = line.IndexOf(' ');
        if (space < 0 || !NoteKeyName.IsAnyKeys(line[..space])
            || !Base64.TryDecode(line[(space + 1)..], out var bytes) || bytes.Length <= sizeof(uint))
        {
            return false;
        }

        signature = new NoteSignature(line[..space].ToString(), BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(sizeof(uint)));
        return true;
    }

    public bool IsBy(NoteVerifier verifier) => KeyId == verifier.KeyId && Name == verifier.Name;
}
