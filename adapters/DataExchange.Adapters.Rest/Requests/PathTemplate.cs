using System.Diagnostics.CodeAnalysis;

namespace DataExchange.Adapters.Rest.Requests;

/// <summary>A path, with or without the placeholder, below the service's address.</summary>
internal sealed class PathTemplate(string template)
{
    public const string Form = "Begin it with one /, without '..', a fragment, a backslash or blanks.";

    public static bool IsOne(string path) =>
        path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains("..", StringComparison.Ordinal)
        && !path.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '#' or '\\');

    /// <summary>The address for one subject; false when the number could lead to another path than the template's.</summary>
    public bool TryFill(Uri baseAddress, string subject, [NotNullWhen(true)] out Uri? address)
    {
        var place = template.IndexOf(RequestTemplate.Placeholder, StringComparison.Ordinal);
        address = null;
        if (place >= 0 && !IsInert(subject))
        {
            return false;
        }

        var path = place < 0 ? template : template.Replace(RequestTemplate.Placeholder, Uri.EscapeDataString(subject), StringComparison.Ordinal);
        address = new Uri(baseAddress.AbsoluteUri.TrimEnd('/') + path);
        return true;
    }

    // Escaping alone is not enough: dots are never escaped, and servers and proxies differ over an escaped slash or percent sign.
    private static bool IsInert(string subject) =>
        subject.Any(c => c != '.') && !subject.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c) || "/\\%?#;&=+".Contains(c, StringComparison.Ordinal));
}
