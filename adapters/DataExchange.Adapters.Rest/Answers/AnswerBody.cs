using DataExchange.Adapters.Records;

namespace DataExchange.Adapters.Rest.Answers;

/// <summary>Reads a JSON body of limited length.</summary>
internal static class AnswerBody
{
    /// <exception cref="SourceException">It is not JSON, or longer than allowed.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, int mostBytes, CancellationToken cancellationToken)
    {
        if (!IsJson(response))
        {
            throw SourceException.SchemaViolation("The service's answer is not JSON in UTF-8.");
        }

        if (response.Content.Headers.ContentLength > mostBytes)
        {
            throw TooLong();
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (read.Length + count > mostBytes)
            {
                throw TooLong();
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    private static SourceException TooLong() => SourceException.SchemaViolation("The service's answer is longer than Adapter:Rest:MaxResponseBytes.");

    private static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType is { MediaType: { } type } contentType
        && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
        && (contentType.CharSet is null || contentType.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && response.Content.Headers.ContentEncoding.Count == 0;
}
