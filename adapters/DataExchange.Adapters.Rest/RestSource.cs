using System.Collections.Frozen;
using System.Net;
using DataExchange.Adapters.Fields;
using DataExchange.Adapters.Hosting;
using DataExchange.Adapters.Records;
using DataExchange.Adapters.Rest.Answers;

namespace DataExchange.Adapters.Rest;

/// <summary>Answers from an existing JSON service: one call a question, never repeated here; the gateway decides on retries.</summary>
public sealed class RestSource : IRecordSource
{
    private readonly RestSettings _settings;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _client;
    private readonly FrozenDictionary<string, (RestDataset Dataset, AnswerReader Reader)> _datasets;

    /// <summary>Connects to nothing yet.</summary>
    public RestSource(RestSettings settings, SourceContext context)
    {
        _settings = settings;
        _clock = context.Clock;
        _client = new HttpMessageInvoker(Handler());
        _datasets = settings.Datasets.ToFrozenDictionary(dataset => dataset.Map.Code, dataset => (dataset, new AnswerReader(dataset)), StringComparer.Ordinal);
        Datasets = [.. settings.Datasets.Select(dataset => dataset.Map)];
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<DatasetMap> Datasets { get; }

    /// <inheritdoc/>
    public async ValueTask<SourceRecord?> FindAsync(SourceQuestion question, CancellationToken cancellationToken)
    {
        var (dataset, reader) = _datasets[question.Dataset.Code];
        using var request = dataset.Request.For(_settings.BaseAddress, question.Subject);
        return request is null ? null
            : await CallAsync(request, dataset.Map.Code, cancellationToken) is { } body ? reader.Read(body, question.Fields)
            : null;
    }

    /// <inheritdoc/>
    public async ValueTask<SourceHealth> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(
                _settings.HealthPath is null ? HttpMethod.Head : HttpMethod.Get,
                new Uri(_settings.BaseAddress.AbsoluteUri.TrimEnd('/') + (_settings.HealthPath ?? "/")));
            _settings.Credentials.ApplyTo(request.Headers);
            using var patience = new CancellationTokenSource(_settings.Timeout, _clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            using var response = await _client.SendAsync(request, either.Token);

            // Without a path of its own for health, any answer at all shows that the service is there.
            return _settings.HealthPath is null || response.IsSuccessStatusCode
                ? SourceHealth.Ready
                : SourceHealth.Unavailable("service", $"its health path answers {(int)response.StatusCode}");
        }
        catch (HttpRequestException exception)
        {
            return SourceHealth.Unavailable("service", $"it cannot be reached ({exception.HttpRequestError})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SourceHealth.Unavailable("service", "it took longer than Adapter:Rest:Timeout");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    // No redirect may carry the credentials or the question elsewhere, and no trace is made of a call whose path may name a person.
    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxResponseHeadersLength = 32,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private async Task<byte[]?> CallAsync(HttpRequestMessage request, string dataset, CancellationToken cancellationToken)
    {
        _settings.Credentials.ApplyTo(request.Headers);
        using var patience = new CancellationTokenSource(_settings.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var response = await _client.SendAsync(request, either.Token);
            return AnswerStatus.HoldsRecord(response) ? await AnswerBody.ReadAsync(response, _settings.MaxResponseBytes, either.Token) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw SourceException.Unavailable($"The service behind {dataset} cannot be reached, or broke off.", exception);
        }
        catch (OperationCanceledException exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw SourceException.Timeout($"The service behind {dataset} took longer than Adapter:Rest:Timeout.", exception);
        }
    }
}
