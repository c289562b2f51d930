using Microsoft.Net.Http.Headers;

namespace DataExchange.Enforcement.Requests;

internal static class MediaTypes
{
    /// <summary>Whether a <c>Content-Type</c> is this media type, without parameters or with <c>charset=utf-8</c>: no other encoding is read, so none may be claimed.</summary>
    public static bool Is(string? contentType, string mediaType)
    {
        if (string.Equals(contentType, mediaType, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!MediaTypeHeaderValue.TryParse(contentType, out var parsed) || !parsed.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        foreach (var parameter in parsed.Parameters)
        {
            if (!parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase)
                || !HeaderUtilities.RemoveQuotes(parameter.Value).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
