using System.Globalization;

namespace DataExchange.DemoRegion.Population;

/// <summary>A unified social credit code, GB 32100-2015: kind, division, organisation code (GB 11714-1997) and check character.</summary>
internal static class CreditCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static ReadOnlySpan<int> OrganisationWeights => [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>The code of an enterprise (kind <c>91</c>).</summary>
    public static string Enterprise(string division, int organisation)
    {
        var digits = organisation.ToString("00000000", CultureInfo.InvariantCulture);
        var body = "91" + division + digits + OrganisationCheck(digits);
        return body + Check(body);
    }

    private static char OrganisationCheck(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            sum += (digits[i] - '0') * OrganisationWeights[i];
        }

        return "0X987654321"[sum % 11];
    }

    /// <summary>The character that makes the weighted sum a multiple of 31; weights are the powers of three modulo 31, and one for itself.</summary>
    internal static char Check(string body)
    {
        var sum = 0;
        var weight = 1;
        foreach (var character in body)
        {
            sum += Alphabet.IndexOf(character, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }

        return Alphabet[(31 - sum % 31) % 31];
    }
}
