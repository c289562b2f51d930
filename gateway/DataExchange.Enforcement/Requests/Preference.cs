using Microsoft.Extensions.Primitives;

namespace DataExchange.Enforcement.Requests;

/// <summary>The one preference understood (RFC 7240 §4.4): <c>Prefer: handling=lenient</c>. Others are ignored, as the RFC asks.</summary>
internal static class Preference
{
    public const string Header = "Prefer";
    public const string AppliedHeader = "Preference-Applied";
    public const string Lenient = "handling=lenient";

    private const string Name = "handling";

    /// <summary>Whether the caller takes part of what was asked for. Of several <c>handling</c> preferences the first one counts (RFC 7240 §2).</summary>
    public static bool IsLenient(StringValues header)
    {
        foreach (var line in header)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var preference = line.AsSpan()[range];
                if (preference.IndexOf(';') is var parameters and >= 0)
                {
                    preference = preference[..parameters];
                }

                var equals = preference.IndexOf('=');
                if (equals >= 0 && preference[..equals].Trim().Equals(Name, StringComparison.OrdinalIgnoreCase))
                {
                    return preference[(equals + 1)..].Trim().Trim('"').Equals("lenient", StringComparison.OrdinalIgnoreCase);
                }
            }
        }

        return false;
    }
}
