using System.Text.Json;
using DataExchange.Cli.Output;
using DataExchange.Cli.Receipts;
using DataExchange.Cli.Sources;

namespace DataExchange.Cli.Signing;

/// <summary>A JSON document to sign: at an address, in a file, or on the standard input.</summary>
internal static class DocumentSource
{
    /// <summary>Longest document, in bytes: what a leaf of the log can hold, and the gateway's words around it.</summary>
    private const int MaxLength = 256 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The document. Of an answer of the gateway it is the member <c>document</c>, word for word what will be held against the signature.</summary>
    /// <param name="location">An http or https address, a file, or <c>-</c>.</param>
    /// <param name="console">For the standard input.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FindingException">It cannot be read, or is no JSON object or array.</exception>
    public static async Task<JsonElement> ReadAsync(string location, DxConsole console, CancellationToken cancellationToken)
    {
        var bytes = IsAddress(location)
            ? await FetchAsync(new Uri(location), cancellationToken)
            : await ReceiptFile.ReadBytesAsync(location, console, cancellationToken);
        try
        {
            using var json = JsonDocument.Parse(bytes, Strict);
            var root = json.RootElement;
            return root.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) ? throw Unreadable(location, "it is no JSON document.")
                : root.ValueKind == JsonValueKind.Object && root.TryGetProperty("document", out var document) ? document.Clone()
                : root.Clone();
        }
        catch (JsonException exception)
        {
            throw Unreadable(location, $"it is no JSON: {exception.Message}", exception);
        }
    }

    public static FindingException Unreadable(string location, string why, Exception? cause = null) =>
        FindingException.CannotTell(FindingCode.InputUnreadable, $"{location} cannot be signed: {why}", cause);

    private static bool IsAddress(string location) =>
        location.StartsWith("http://", StringComparison.Ordinal) || location.StartsWith("https://", StringComparison.Ordinal);

    private static async Task<byte[]> FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        // What is signed is what stands at this address: nobody is followed to another.
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            MaxResponseContentBufferSize = MaxLength,
            Timeout = HttpSource.Patience,
        };
        try
        {
            using var response = await client.GetAsync(address, cancellationToken);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadAsByteArrayAsync(cancellationToken)
                : throw LogSource.Unreadable(address.AbsoluteUri, $"the server answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException exception)
        {
            throw LogSource.Unreadable(address.AbsoluteUri, exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw LogSource.Unreadable(address.AbsoluteUri, $"no answer within {HttpSource.Patience.TotalSeconds} seconds.", exception);
        }
    }
}
