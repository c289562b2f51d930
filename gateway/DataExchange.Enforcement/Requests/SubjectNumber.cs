using System.Globalization;
using DataExchange.Contracts.Records;

namespace DataExchange.Enforcement.Requests;

/// <summary>What a subject's number tells by itself.</summary>
public static class SubjectNumber
{
    public const string ResidentScheme = "cn-resident-id";

    private const int ResidentLength = 18;

    /// <summary>Whether a subject is named in the form that every request has to name it in.</summary>
    public static bool IsAcceptable(SubjectRef subject) => QueryRules.IsToken(subject.Scheme) && QueryRules.IsToken(subject.Value) && IsPlausible(subject);

    /// <summary>Whether such a number can exist at all. Schemes that we know nothing of are not judged.</summary>
    public static bool IsPlausible(SubjectRef subject) =>
        subject.Scheme != ResidentScheme || (HasCheckCharacter(subject.Value) && BirthDate(subject) is not null);

    /// <summary>Date of birth, where the number tells it: digits 7 to 14 of a resident identity number (GB 11643).</summary>
    public static DateOnly? BirthDate(SubjectRef subject) =>
        subject is { Scheme: ResidentScheme, Value.Length: ResidentLength }
        && DateOnly.TryParseExact(subject.Value.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    /// <summary>The number without its check character, where numbers of the scheme are given out in rows; else null.</summary>
    public static long? Sequence(SubjectRef subject) =>
        subject is { Scheme: ResidentScheme, Value.Length: ResidentLength }
        && long.TryParse(subject.Value.AsSpan(0, ResidentLength - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>GB 11643: seventeen digits and a check character by ISO/IEC 7064, MOD 11-2.</summary>
    private static bool HasCheckCharacter(string number)
    {
        if (number.Length != ResidentLength)
        {
            return false;
        }

        var sum = 0;
        foreach (var character in number.AsSpan(0, ResidentLength - 1))
        {
            if (!char.IsAsciiDigit(character))
            {
                return false;
            }

            sum = (sum + (character - '0')) * 2 % 11;
        }

        return number[^1] == "10X98765432"[sum];
    }
}
