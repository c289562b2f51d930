using System.Net;

namespace DataExchange.Cli.Sources;

/// <summary>A log served over HTTP. Nothing it says is believed before it is checked, so any server, proxy or cache will do.</summary>
internal sealed class HttpSource : ILogSource
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client;
    private readonly Uri _base;

    public HttpSource(Uri address)
    {
        _base = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
        _client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }) { Timeout = Patience };
    }

    public async Task<byte[]?> ReadAsync(string path, int maxLength, CancellationToken cancellationToken)
    {
        var address = new Uri(_base, path);
        try
        {
            using var response = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return null;
            }

            return response.IsSuccessStatusCode
                ? await ReadAsync(address, response.Content, maxLength, cancellationToken)
                : throw LogSource.Unreadable(address.AbsoluteUri, $"the server answered {(int)response.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw LogSource.Unreadable(address.AbsoluteUri, exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw LogSource.Unreadable(address.AbsoluteUri, $"no answer within {Patience.TotalSeconds} seconds.", exception);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Reads to the end, or to one byte beyond the limit: a length that a server announces is not believed either.</summary>
    private static async Task<byte[]> ReadAsync(Uri address, HttpContent content, int maxLength, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        await using var body = await content.ReadAsStreamAsync(deadline.Token);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, deadline.Token) is > 0 and var read)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > maxLength)
            {
                throw LogSource.Unreadable(address.AbsoluteUri, $"the answer has more than {maxLength} bytes.");
            }
        }

        return bytes.ToArray();
    }
}
