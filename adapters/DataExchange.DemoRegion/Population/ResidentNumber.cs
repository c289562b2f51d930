using System.Globalization;

namespace DataExchange.DemoRegion.Population;

/// <summary>
/// A resident identity number, GB 11643-1999: six digits of administrative division (GB/T 2260), eight of birth date,
/// three of sequence (odd for men, even for women), one check character (ISO/IEC 7064, MOD 11-2).
/// </summary>
public readonly record struct ResidentNumber
{
    private const string CheckCharacters = "10X98765432";

    private readonly string? _value;

    private ResidentNumber(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("A resident number that was never set.");

    public DateOnly BirthDate => DateOnly.ParseExact(Value.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture);

    public Sex Sex => (Sex)((Value[16] - '0') % 2);

    public static ResidentNumber Create(string division, DateOnly birthDate, int sequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, 999);
        var body = string.Create(CultureInfo.InvariantCulture, $"{division}{birthDate:yyyyMMdd}{sequence:000}");
        return new ResidentNumber(body + CheckCharacter(body));
    }

    /// <summary>Accepts the one spelling of the standard, check character and birth date verified; <c>x</c> in lower case is refused.</summary>
    public static bool TryParse(string? text, out ResidentNumber number)
    {
        var valid = text is { Length: 18 }
            && !text.AsSpan(0, 17).ContainsAnyExceptInRange('0', '9')
            && DateOnly.TryParseExact(text.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && text[17] == CheckCharacter(text.AsSpan(0, 17));
        number = valid ? new ResidentNumber(text!) : default;
        return valid;
    }

    public override string ToString() => Value;

    private static char CheckCharacter(ReadOnlySpan<char> body)
    {
        // The weight of a position is a power of two modulo 11, so Horner's scheme needs no table.
        var sum = 0;
        foreach (var digit in body)
        {
            sum = (sum + (digit - '0')) * 2 % 11;
        }

        return CheckCharacters[sum];
    }
}
