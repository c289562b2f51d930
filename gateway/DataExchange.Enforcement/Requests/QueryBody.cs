using System.Buffers;
using System.Security.Cryptography;
using DataExchange.Contracts.Problems;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Enforcement.Requests;

/// <summary>Reads the body of <c>POST …/query</c> whole, within a limit, and parses it where it lies.</summary>
internal static class QueryBody
{
    public const string MediaType = "application/json";

    /// <summary>Longest body in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    public static async ValueTask<RequestReading> ReadAsync(HttpContext context)
    {
        if (!MediaTypes.Is(context.Request.ContentType, MediaType))
        {
            return RequestReading.Refused(ProblemSlugs.UnsupportedMediaType, $"The body has to be {MediaType} in UTF-8.");
        }

        if (context.Request.ContentLength > MaxBytes)
        {
            return TooLarge();
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            if (result.Buffer.Length > MaxBytes)
            {
                reader.AdvanceTo(result.Buffer.End); // The server drains what the caller still sends, so that it reads the answer.
                return TooLarge();
            }

            if (result.IsCompleted)
            {
                var reading = Parse(result.Buffer);
                reader.AdvanceTo(result.Buffer.End);
                return reading;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>Parses one query out of bytes that may lie in several pieces.</summary>
    public static RequestReading Parse(in ReadOnlySequence<byte> json)
    {
        if (json.IsSingleSegment)
        {
            return QueryParser.Parse(json.FirstSpan);
        }

        var length = (int)json.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            json.CopyTo(copy);
            return QueryParser.Parse(copy.AsSpan(0, length));
        }
        finally
        {
            // It holds an identity number, and the next tenant of this memory may be anyone.
            CryptographicOperations.ZeroMemory(copy.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private static RequestReading TooLarge() =>
        RequestReading.Refused(ProblemSlugs.PayloadTooLarge, $"A query has at most {MaxBytes} bytes.");
}
