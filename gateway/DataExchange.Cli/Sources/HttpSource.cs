using System.Net;

namespace DataExchange.Cli.Sources;

/// <summary>A log served over HTTP. Nothing it says is believed before it is checked, so any server, proxy or cache will do.</summary>
internal sealed class HttpSource : ILogSource
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client;
    private readonly Uri _base;

    public HttpSource(Uri address)
    {
        _base = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
        _client = new HttpClient(new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            MaxConnectionsPerServer = SourcePace.Server.Parallel,
        })
        {
            Timeout = Patience,
        };
    }

    public SourcePace Pace => SourcePace.Server;

    public async ValueTask<bool> ReadAsync(string path, ReadBuffer into, int maxLength, CancellationToken cancellationToken)
    {
        var address = new Uri(_base, path);
        try
        {
            using var response = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return false;
            }

            if (!response.IsSuccessStatusCode)
            {
                throw LogSource.Unreadable(address.AbsoluteUri, $"the server answered {(int)response.StatusCode}.");
            }

            await ReadAsync(address, response.Content, into, maxLength, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or InvalidOperationException)
        {
            // The last two are what the decoders of gzip and br throw at a body that is not what its Content-Encoding says.
            throw LogSource.Unreadable(address.AbsoluteUri, exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw LogSource.Unreadable(address.AbsoluteUri, $"no answer within {Patience.TotalSeconds} seconds.", exception);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Reads to the end, or to one byte beyond the limit: a length that a server announces is not believed either.</summary>
    private static async Task ReadAsync(Uri address, HttpContent content, ReadBuffer into, int maxLength, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        await using var body = await content.ReadAsStreamAsync(deadline.Token);
        into.Length = 0;
        while (await body.ReadAsync(into.Room[into.Length..], deadline.Token) is > 0 and var read)
        {
            into.Length += read;
            if (into.Length > maxLength)
            {
                throw LogSource.Unreadable(address.AbsoluteUri, $"the answer has more than {maxLength} bytes.");
            }

            if (into.Length == into.Room.Length)
            {
                await into.GrowAsync(Math.Min(2 * into.Length, maxLength + 1), cancellationToken);
            }
        }
    }
}
