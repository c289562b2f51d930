using System.Text;
using System.Text.Json;
using DataExchange.Cli.Output;
using DataExchange.Contracts;
using DataExchange.Contracts.Records;
using DataExchange.Merkle;

namespace DataExchange.Cli.Receipts;

/// <summary>What a user has at hand: a record answer, a problem with a receipt, or the receipt alone.</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="Released">The record that the answer released; null where the file is no such answer.</param>
internal sealed record ReceiptFile(Receipt Receipt, JsonElement? Released)
{
    private const int MaxLength = 64 * 1024 * 1024;
    private const string StandardInput = "-";

    // Of two members with one name, readers differ over which they take.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>A receipt made of a plain tlog-proof and the entry it proves.</summary>
    public static ReceiptFile Of(byte[] proof, byte[] leaf, NoteVerifier key)
    {
        var text = Encoding.UTF8.GetString(proof);
        var index = TlogProof.TryParse(text, out var parsed) ? parsed.Index : 0; // What is no proof, the check says.
        return new ReceiptFile(new Receipt { Log = key.Name, Index = index, Leaf = Convert.ToBase64String(leaf), Proof = text }, null);
    }

    /// <exception cref="FindingException">The file cannot be read, or is too long.</exception>
    public static async Task<byte[]> ReadBytesAsync(string file, DxConsole console, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = file == StandardInput ? console.OpenInput() : File.OpenRead(file);
            return await ReadAsync(file, stream, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable($"{file} cannot be read: {exception.Message}", exception);
        }
    }

    private static async Task<byte[]> ReadAsync(string file, Stream stream, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MaxLength)
            {
                throw Unreadable($"{file} has more than {MaxLength} bytes.");
            }
        }

        return bytes.ToArray();
    }

    /// <exception cref="FindingException">No receipt is in it.</exception>
    public static ReceiptFile Find(string file, byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var root = document.RootElement;
            var isAnswer = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("receipt", out _);
            var receipt = (isAnswer ? root.GetProperty("receipt") : root).Deserialize(ContractsJsonContext.Default.Receipt)
                ?? throw Unreadable($"{file} holds no receipt.");
            return new ReceiptFile(receipt, isAnswer && root.TryGetProperty("record", out var released) ? released.Clone() : null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Unreadable($"{file} is neither a receipt nor an answer with one: {exception.Message}", exception);
        }
    }

    private static FindingException Unreadable(string detail, Exception? cause = null) =>
        FindingException.CannotTell(FindingCode.InputUnreadable, detail, cause);
}
