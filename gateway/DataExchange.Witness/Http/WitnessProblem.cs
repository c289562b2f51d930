using System.Text.Json;
using DataExchange.Merkle;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Witness.Http;

/// <summary>A refusal by RFC 9457: <c>type</c>, <c>title</c>, <c>status</c>, <c>code</c>, <c>detail</c>. The codes are stable and listed in README.md.</summary>
internal sealed record WitnessProblem(int Status, string Code, string Detail)
{
    public static readonly WitnessProblem Malformed = new(400, "request-malformed", "The body is not one of C2SP tlog-witness add-checkpoint.");
    public static readonly WitnessProblem OldSizeTooLarge = new(400, "old-size-too-large", "The old size is larger than the checkpoint's size.");
    public static readonly WitnessProblem NotSigned = new(403, "not-signed", "No trusted key of this log has signed the checkpoint, or a signature in its name is false.");
    public static readonly WitnessProblem UnknownOrigin = new(404, "unknown-origin", "This witness does not witness a log of this origin.");
    public static readonly WitnessProblem NothingCosigned = new(404, "nothing-cosigned", "This witness witnesses the log and has not cosigned a checkpoint of it yet.");
    public static readonly WitnessProblem NotFound = new(404, "not-found", "Nothing is served at this path.");
    public static readonly WitnessProblem MethodNotAllowed = new(405, "method-not-allowed", "The path is served, by another method: see Allow.");
    public static readonly WitnessProblem TimedOut = new(408, "request-timeout", "The request did not arrive in time.");
    public static readonly WitnessProblem RootConflict = new(409, "root-conflict", "Another root was cosigned at this size: the log has signed two trees.");
    public static readonly WitnessProblem TooLarge = new(413, "payload-too-large", "A request body has at most 262,144 bytes.");
    public static readonly WitnessProblem Encoded = new(415, "encoding-not-supported", "Send the body without Content-Encoding.");
    public static readonly WitnessProblem NotConsistent = new(422, "not-consistent", "The consistency proof does not verify.");
    public static readonly WitnessProblem Internal = new(500, "internal-error", "The witness failed. Its log says more.");
    public static readonly WitnessProblem StateInDoubt = new(503, "state-in-doubt", "The state could not be written and is being verified. Submit again later.");
    public static readonly WitnessProblem ClockWrong = new(503, "clock-wrong", "The clock of this witness cannot be right.");
    public static readonly WitnessProblem Busy = new(503, "busy", "Too many submissions wait. Submit again later.");

    private readonly byte[] _body = JsonSerializer.SerializeToUtf8Bytes(new
    {
        type = "urn:data-exchange:problem:" + Code,
        title = char.ToUpperInvariant(Code[0]) + Code[1..].Replace('-', ' '),
        status = Status,
        code = Code,
        detail = Detail,
    });

    /// <summary>The problem of a verdict that has one: not of a cosignature, and not of the size conflict, whose body is the size.</summary>
    public static WitnessProblem Of(WitnessOutcome outcome) => outcome switch
    {
        WitnessOutcome.UnknownOrigin => UnknownOrigin,
        WitnessOutcome.NotSigned => NotSigned,
        WitnessOutcome.OldSizeTooLarge => OldSizeTooLarge,
        WitnessOutcome.NotConsistent => NotConsistent,
        WitnessOutcome.RootConflict => RootConflict,
        _ => Malformed,
    };

    /// <summary>The problem of what the server itself answered without a body.</summary>
    public static WitnessProblem OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status408RequestTimeout => TimedOut,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        >= 500 => Internal,
        _ => Malformed,
    };

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/problem+json";
        context.Response.ContentLength = _body.Length;
        await context.Response.Body.WriteAsync(_body, context.RequestAborted);
    }
}
