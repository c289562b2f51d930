using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using DataExchange.Merkle;

namespace DataExchange.Gateway.Receipts;

/// <summary>Receipts by the line: <c>{"index":n,"proof":"…"}</c>, written as they are made.</summary>
internal static class ReceiptLines
{
    public const string MediaType = "application/x-ndjson";

    /// <summary>What fits into the request line at the largest indexes.</summary>
    public const int MaxIndexes = 256;

    /// <summary>Null when it is no list of indexes.</summary>
    public static IReadOnlyList<long>? Read(string? text)
    {
        var parts = (text ?? "").Split(',', MaxIndexes + 1);
        var indexes = new long[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out indexes[i]))
            {
                return null;
            }
        }

        return indexes.Length <= MaxIndexes ? indexes : null;
    }

    public static async Task WriteAsync(Stream body, IAsyncEnumerable<TlogProof> proofs, CancellationToken cancellationToken)
    {
        var output = PipeWriter.Create(body, new StreamPipeWriterOptions(leaveOpen: true));
        await foreach (var proof in proofs.WithCancellation(cancellationToken))
        {
            Write(output, proof);
            await output.FlushAsync(cancellationToken);
        }

        await output.CompleteAsync();
    }

    private static void Write(PipeWriter output, TlogProof proof)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, proof.Index);
        writer.WriteString("proof"u8, proof.ToText());
        writer.WriteEndObject();
        writer.Flush();
        output.Write("\n"u8);
    }
}
