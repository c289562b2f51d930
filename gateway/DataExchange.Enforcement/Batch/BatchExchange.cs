using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Exchanges;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Requests;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace DataExchange.Enforcement.Batch;

/// <summary>
/// A batch: each line is an exchange of its own, decided and logged for its own subject. Several run at once; their replies leave in
/// the order of the lines, as soon as they can. A line that is refused or cannot be read is answered by a problem and stops nothing.
/// </summary>
internal sealed class BatchExchange(RecordExchange exchange, IOptions<BatchOptions> options, TimeProvider time)
{
    public const string MediaType = "application/x-ndjson";

    public async Task RunAsync(HttpContext context, RequestDelegate forward, string dataset, Actor actor)
    {
        if (!MediaTypes.Is(context.Request.ContentType, MediaType))
        {
            await context.WriteProblemAsync(ProblemSlugs.UnsupportedMediaType, $"The body has to be {MediaType} in UTF-8.");
            return;
        }

        if (context.Request.ContentLength > options.Value.MaxBytes)
        {
            await context.WriteProblemAsync(ProblemSlugs.PayloadTooLarge, $"A batch has at most {options.Value.MaxBytes} bytes.");
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = options.Value.MaxBytes;
        }

        var lenient = Preference.IsLenient(context.Request.Headers[Preference.Header]);
        var response = context.Response;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        if (lenient)
        {
            response.Headers[Preference.AppliedHeader] = Preference.Lenient;
        }

        await new BatchRun(exchange, options.Value, time, context, forward, line => new Asking(actor, dataset, line, ExchangeMode.Batch, lenient)).ToEndAsync();
    }
}
