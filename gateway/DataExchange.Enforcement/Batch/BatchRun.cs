using System.Globalization;
using System.Threading.Channels;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Exchanges;
using DataExchange.Enforcement.Problems;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Enforcement.Batch;

/// <summary>One batch under way: lines are started on one side and their replies written, in order, on the other.</summary>
internal sealed class BatchRun(
    RecordExchange exchange, BatchOptions options, TimeProvider time, HttpContext context, RequestDelegate forward, Func<RecordQuery, Asking> ask)
{
    // Its capacity is what bounds how many lines are under way: each place is a line that was started and not yet written.
    private readonly Channel<Task<BatchReply>> _started = Channel.CreateBounded<Task<BatchReply>>(
        new BoundedChannelOptions(options.Concurrency) { SingleReader = true, SingleWriter = true });

    private readonly DateTimeOffset _expires = ExpiryOf(context);

    public async Task ToEndAsync()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var starting = StartAllAsync(gone.Token);
        try
        {
            await BatchWriter.WriteAsync(context.Response.BodyWriter, _started.Reader, gone.Token);
        }
        finally
        {
            // Nobody reads any more: no further lines. Those under way end in their own outcomes; here they are waited for.
            await gone.CancelAsync();
            try
            {
                await starting;
            }
            finally
            {
                while (_started.Reader.TryRead(out var left))
                {
                    (await left).Reply.Dispose();
                }
            }
        }
    }

    private async Task StartAllAsync(CancellationToken gone)
    {
        try
        {
            await StartLinesAsync(gone);
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && gone.IsCancellationRequested))
        {
            // The caller has gone, or its connection broke before that was noticed; there is nobody to tell.
        }
        finally
        {
            _started.Writer.Complete();
        }
    }

    private async Task StartLinesAsync(CancellationToken gone)
    {
        var lines = new BatchLineReader(context.Request.BodyReader, options.MaxLineBytes);
        var last = 0;
        try
        {
            while (await _started.Writer.WaitToWriteAsync(gone) && await lines.ReadAsync(gone) is { } line)
            {
                last = line.Number;
                _started.Writer.TryWrite(ReplyAsync(line));
            }
        }
        catch (BadHttpRequestException e)
        {
            // The transport gave up on the body: too long, too slow, or badly framed. What came before stands.
            var slug = e.StatusCode == StatusCodes.Status413PayloadTooLarge ? ProblemSlugs.PayloadTooLarge : ProblemSlugs.RequestMalformed;
            await _started.Writer.WriteAsync(Task.FromResult(new BatchReply(last + 1, ExchangeReply.Refused(slug))), gone);
        }
    }

    private async Task<BatchReply> ReplyAsync(BatchLine line)
    {
        if (line.Reading.Query is not { } query)
        {
            return new BatchReply(line.Number, ExchangeReply.Refused(line.Reading.Problem!));
        }

        if (time.GetUtcNow() >= _expires)
        {
            return new BatchReply(line.Number, ExchangeReply.Refused(Problem.Of(ProblemSlugs.TokenInvalid, "The token has expired since the batch began.")));
        }

        try
        {
            return new BatchReply(line.Number, await exchange.RunAsync(LineContext.Create(context), forward, ask(query)));
        }
        catch (OperationCanceledException)
        {
            return new BatchReply(line.Number, ExchangeReply.Refused(ProblemSlugs.InternalError));
        }
    }

    /// <summary>A token is checked when the batch begins; a batch must not outlive it.</summary>
    private static DateTimeOffset ExpiryOf(HttpContext context) =>
        long.TryParse(context.User.FindFirst("exp")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.MaxValue;
}
