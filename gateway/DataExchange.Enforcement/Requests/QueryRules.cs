using System.Buffers;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;

namespace DataExchange.Enforcement.Requests;

/// <summary>The form of a query, checked before anything is looked up or logged: short texts of harmless characters, fields named one by one.</summary>
internal static class QueryRules
{
    /// <summary>Longest code, name, number or id, in characters.</summary>
    public const int MaxText = 64;

    /// <summary>Most fields in one query.</summary>
    public const int MaxFields = 100;

    private static readonly SearchValues<char> Token =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

    public static RequestReading Check(RecordQuery query)
    {
        if (!IsToken(query.Subject.Scheme) || !IsToken(query.Subject.Value))
        {
            return Malformed("subject.scheme and subject.value are 1 to 64 letters, digits and -_.: each.");
        }

        if (!SubjectNumber.IsPlausible(query.Subject))
        {
            return Malformed("subject.value is not a number of its scheme: wrong length, date or check character.");
        }

        if (!IsToken(query.Purpose))
        {
            return Malformed("purpose is the code of one purpose: 1 to 64 letters, digits and -_.: .");
        }

        if (query.Case is { } openCase && !IsToken(openCase) || query.Mandate is { } mandate && !IsToken(mandate) || query.BreakGlass is { } broken && !IsToken(broken))
        {
            return Malformed("case, mandate and breakGlass are 1 to 64 letters, digits and -_.: each.");
        }

        return CheckFields(query);
    }

    private static RequestReading CheckFields(RecordQuery query)
    {
        var fields = query.Fields;
        if (fields.Count == 0)
        {
            return RequestReading.Refused(ProblemSlugs.FieldsRequired, "fields is empty.");
        }

        if (fields.Count > MaxFields)
        {
            return Malformed($"fields holds more than {MaxFields} names.");
        }

        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            if (field is not null && field.Contains('*', StringComparison.Ordinal))
            {
                return RequestReading.Refused(ProblemSlugs.FieldsRequired, "fields holds a wildcard.");
            }

            if (!IsToken(field))
            {
                return Malformed($"fields[{i}] is not a name: 1 to 64 letters, digits and -_.: .");
            }

            for (var j = 0; j < i; j++)
            {
                if (fields[j] == field)
                {
                    return Malformed($"fields[{i}] repeats fields[{j}].");
                }
            }
        }

        return RequestReading.Of(query);
    }

    private static RequestReading Malformed(string detail) => RequestReading.Refused(ProblemSlugs.RequestMalformed, detail);

    internal static bool IsToken(string? text) => text is { Length: > 0 and <= MaxText } && !text.AsSpan().ContainsAnyExcept(Token);
}
