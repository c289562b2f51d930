using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using DataExchange.Merkle;
using DataExchange.Witness.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DataExchange.Witness.Http;

/// <summary>C2SP tlog-witness: <c>POST {prefix}/add-checkpoint</c>. It has no caller's identity; the log's signature is what counts.</summary>
internal sealed class AddCheckpoint(WitnessSettings settings, Cosigning.Witness witness, WitnessMetrics metrics, ILogger<AddCheckpoint> logger)
{
    /// <summary>
    /// Largest body: 63 lines of proof, a text with extension lines, and the 16 signatures that C2SP signed-note has everybody take, of
    /// any type: the longest known, ML-DSA-87, is a line of some 6.2 kB.
    /// </summary>
    public const int MaxBodyBytes = 256 * 1024;

    private const string CosignaturesType = "text/plain; charset=utf-8";
    private const string SizeType = "text/x.tlog.size";

    public async Task HandleAsync(HttpContext context)
    {
        var began = Stopwatch.GetTimestamp();
        var outcome = "failed";
        string? origin = null;
        try
        {
            if (context.Request.Headers.ContentEncoding.Count > 0)
            {
                await RefuseAsync(WitnessProblem.Encoded);
                return;
            }

            if (!WitnessRule.TryExamine(await ReadAsync(context), settings.Logs, out var submission, out var refusal))
            {
                await RefuseAsync(WitnessProblem.Of(refusal));
                return;
            }

            origin = submission.Checkpoint.Origin;
            var answer = await witness.SubmitAsync(submission);
            Log.Contradicted(logger, submission.Checkpoint, answer);
            switch (answer.Outcome)
            {
                case WitnessOutcome.Cosign:
                    outcome = "cosigned";
                    await WriteAsync(StatusCodes.Status200OK, CosignaturesType, answer.Cosignature);
                    break;
                case WitnessOutcome.SizeConflict:
                    outcome = "size-conflict";
                    await WriteAsync(StatusCodes.Status409Conflict, SizeType, answer.RecordedSize.ToString(CultureInfo.InvariantCulture) + "\n");
                    break;
                default:
                    await RefuseAsync(WitnessProblem.Of(answer.Outcome));
                    break;
            }
        }
        catch (BadHttpRequestException exception)
        {
            outcome = WitnessProblem.OfStatus(exception.StatusCode).Code;
            throw;
        }
        catch (Cosigning.WitnessUnavailableException exception)
        {
            outcome = exception.Problem.Code;
            throw;
        }
        finally
        {
            metrics.Answered(began, outcome, origin);
        }

        Task RefuseAsync(WitnessProblem problem)
        {
            outcome = problem.Code;
            return problem.WriteAsync(context);
        }

        async Task WriteAsync(int status, string type, string body)
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            await context.Response.WriteAsync(body, context.RequestAborted);
        }
    }

    // Kestrel counts the bytes and refuses what is too large.
    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        var result = await reader.ReadAtLeastAsync(MaxBodyBytes + 1, context.RequestAborted);
        var body = result.Buffer.ToArray();
        reader.AdvanceTo(result.Buffer.End);
        return body;
    }
}
