using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataExchange.Merkle;

namespace DataExchange.Witness.State;

/// <summary>
/// All that a witness remembers: the latest checkpoint of each log. As a file it is text: a line that names the format, the witness's
/// vkey, for each log (by origin) the length of its note in bytes and the note, and a last line with the SHA-256 of all before it. Logs
/// that are no longer configured stay in it: forgetting one would let it begin again.
/// </summary>
internal static class WitnessState
{
    private const string Format = "data-exchange witness state v1\n";
    private const string SumStart = "sha256 ";
    private static readonly int SumLength = SumStart.Length + (2 * SHA256.HashSizeInBytes) + 1;

    /// <summary>Nothing seen. Sorted by the bytes of the origin's text, so that one state has one encoding.</summary>
    public static ImmutableSortedDictionary<string, WitnessedCheckpoint> Empty { get; } =
        ImmutableSortedDictionary.Create<string, WitnessedCheckpoint>(StringComparer.Ordinal);

    public static byte[] Encode(NoteVerifier witness, ImmutableSortedDictionary<string, WitnessedCheckpoint> state)
    {
        var bytes = new ArrayBufferWriter<byte>(1024 + (512 * state.Count));
        bytes.Write(Encoding.UTF8.GetBytes($"{Format}{witness}\n"));
        foreach (var checkpoint in state.Values)
        {
            bytes.Write(Encoding.ASCII.GetBytes(checkpoint.Encoded.Length.ToString(CultureInfo.InvariantCulture) + "\n"));
            bytes.Write(checkpoint.Encoded.Span);
        }

        bytes.Write(Encoding.ASCII.GetBytes($"{SumStart}{Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan))}\n"));
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads a file, and checks its sum and every cosignature in it.</summary>
    /// <exception cref="StateDamagedException">It is not, byte for byte, what this witness wrote.</exception>
    public static ImmutableSortedDictionary<string, WitnessedCheckpoint> Decode(NoteVerifier witness, ReadOnlySpan<byte> file)
    {
        if (file.Length < SumLength)
        {
            throw new StateDamagedException("it is cut off");
        }

        var content = file[..^SumLength];
        var sum = file[^SumLength..];
        if (!sum.SequenceEqual(Encoding.ASCII.GetBytes($"{SumStart}{Convert.ToHexStringLower(SHA256.HashData(content))}\n")))
        {
            throw new StateDamagedException("its last line is not the SHA-256 of what stands before it");
        }

        if (TakeLine(ref content) + "\n" != Format)
        {
            throw new StateDamagedException("it is of another format than this version writes");
        }

        if (TakeLine(ref content) is var owner && owner != witness.ToString())
        {
            throw new StateDamagedException($"it belongs to the key {owner}, and this witness has the key {witness}");
        }

        var state = Empty.ToBuilder();
        while (!content.IsEmpty)
        {
            if (!int.TryParse(TakeLine(ref content), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > content.Length
                || WitnessedCheckpoint.Parse(content[..length], witness) is not { } checkpoint || !state.TryAdd(checkpoint.Checkpoint.Origin, checkpoint))
            {
                throw new StateDamagedException($"entry {state.Count + 1} is not a checkpoint that this witness cosigned");
            }

            content = content[length..];
        }

        return state.ToImmutable();
    }

    private static string TakeLine(ref ReadOnlySpan<byte> content)
    {
        var end = content.IndexOf((byte)'\n');
        if (end < 0)
        {
            throw new StateDamagedException("a line has no end");
        }

        var line = Encoding.UTF8.GetString(content[..end]);
        content = content[(end + 1)..];
        return line;
    }
}
