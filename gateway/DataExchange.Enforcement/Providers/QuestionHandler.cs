using System.Net;
using System.Net.Http.Headers;
using DataExchange.Enforcement.Buffers;
using DataExchange.Enforcement.Exchanges;
using DataExchange.Enforcement.Telemetry;

namespace DataExchange.Enforcement.Providers;

/// <summary>
/// One try: puts the question into the request and reads the answer whole. It sits inside the resilience handler, so that every
/// try sends its own copy and a time-out, a cut connection or a retry covers the body as much as the headers.
/// </summary>
internal sealed class QuestionHandler(string provider, EnforcementMetrics metrics, TimeProvider time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(ExchangePermit.Option, out var permit))
        {
            // YARP's health probe: a GET that asks nothing.
            return await base.SendAsync(request, cancellationToken);
        }

        var started = time.GetTimestamp();
        var result = "error";
        try
        {
            request.Content = new ReadOnlyMemoryContent(permit.Question) { Headers = { ContentType = Json } };
            permit.Accept(null);
            permit.MarkSent();
            var response = await base.SendAsync(request, cancellationToken);
            await ReadAsync(response, permit, cancellationToken);
            result = StatusClass(response.StatusCode);
            return response;
        }
        finally
        {
            metrics.ProviderTry(provider, result, time.GetElapsedTime(started));
        }
    }

    private static async Task ReadAsync(HttpResponseMessage response, ExchangePermit permit, CancellationToken cancellationToken)
    {
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.NotFound))
        {
            permit.Accept(new ProviderReply(response.StatusCode, null));
            return;
        }

        var body = new PooledBuffer();
        try
        {
            await FillAsync(body, response.Content, permit.MaxAnswerBytes, cancellationToken);
        }
        catch
        {
            body.Dispose();
            response.Dispose();
            throw;
        }

        permit.Accept(new ProviderReply(response.StatusCode, body));
    }

    private static async Task FillAsync(PooledBuffer body, HttpContent content, int limit, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > limit)
        {
            throw new AnswerTooLongException($"The answer is longer than {limit} bytes.");
        }

        await using var stream = content.ReadAsStream(cancellationToken); // The headers are here: nothing is read yet.
        int read;
        while ((read = await stream.ReadAsync(body.GetMemory(), cancellationToken)) > 0)
        {
            body.Advance(read);
            if (body.Length > limit)
            {
                throw new AnswerTooLongException($"The answer is longer than {limit} bytes.");
            }
        }
    }

    private static string StatusClass(HttpStatusCode status) => ((int)status / 100) switch
    {
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        5 => "5xx",
        _ => "other",
    };
}
