using DataExchange.Witness.Cosigning;
using DataExchange.Witness.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DataExchange.Witness.Http;

/// <summary>Gives every refusal a problem: what no endpoint took, what the server refused to read, and what failed.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        WitnessProblem problem;
        try
        {
            await next(context);
            if (context.Response.StatusCode < StatusCodes.Status400BadRequest || context.Response.ContentType is not null || context.Response.HasStarted)
            {
                return;
            }

            problem = WitnessProblem.OfStatus(context.Response.StatusCode);
        }
        catch (BadHttpRequestException exception)
        {
            problem = WitnessProblem.OfStatus(exception.StatusCode);
        }
        catch (WitnessUnavailableException exception)
        {
            problem = exception.Problem;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // The caller is gone.
        }
#pragma warning disable CA1031 // Nothing of an error of ours may reach the caller but that it is one.
        catch (Exception exception) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            Log.Failed(logger, exception);
            problem = WitnessProblem.Internal;
        }

        await problem.WriteAsync(context);
    }
}
