using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace DataExchange.Cli.Follow;

/// <summary>A length of time on the command line: a number and ms, s, m, h or d.</summary>
internal static class DurationOption
{
    public static Option<TimeSpan?> Create(string name, string description) => new(name)
    {
        Description = $"{description} A number and ms, s, m, h or d.",
        HelpName = "time",
        CustomParser = Parse,
    };

    private static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        var unit = text.TrimStart([.. "0123456789."]);
        if (double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0
            && MillisecondsOf(unit) * number is > 0 and <= int.MaxValue and var milliseconds)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        result.AddError($"'{text}' is no length of time; one looks like 500ms, 10s, 5m, 2h or 1d, and is at most 24d.");
        return null;
    }

    private static double MillisecondsOf(string unit) => unit switch
    {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => 0,
    };
}
