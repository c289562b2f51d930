using System.Globalization;
using System.Text.RegularExpressions;
using DataExchange.Adapters.Fields;

namespace DataExchange.Adapters.Configuration;

/// <summary>Reads <c>Adapter:Datasets</c>: what every adapter configures alike. An adapter adds settings of its own beside them.</summary>
public static partial class DatasetSettings
{
    // Stands in where the configuration is wrong, until ThrowIfAny refuses to go on.
    private static readonly FieldMap Unread = new("unread", "unread", FieldType.Text);

    /// <summary>Reads every dataset.</summary>
    /// <param name="adapter">The section <c>Adapter</c>.</param>
    /// <param name="checkFrom">Says what a <c>From</c> has to look like when the given one will not do; null when it will.</param>
    /// <param name="read">Reads what the adapter configures for itself from the dataset's section.</param>
    public static IReadOnlyList<T> Read<T>(SettingsReader adapter, Func<string, string?> checkFrom, Func<SettingsReader, DatasetMap, T> read)
    {
        var sections = adapter.Section("Datasets").Sections();
        if (sections.Count == 0)
        {
            adapter.Errors.Missing(adapter.KeyOf("Datasets"), "Name at least one dataset, by its code in the catalogue: {provider}/{dataset}.");
        }

        return [.. sections.Select(section => read(section, Map(section, checkFrom)))];
    }

    private static DatasetMap Map(SettingsReader section, Func<string, string?> checkFrom)
    {
        if (!CodeForm().IsMatch(section.Name))
        {
            section.Errors.Malformed(
                section.Path, "a dataset's code", "Name the dataset as the catalogue does: {provider}/{dataset}, in small letters, digits and '-'.");
        }

        var scheme = section.Required("SubjectScheme", "Set it to the numbering scheme of the register's key, for instance cn-resident-id.");
        var fields = section.Section("Fields").Sections().Select(field => Field(field, checkFrom)).ToList();
        if (fields.Count == 0)
        {
            section.Errors.Missing(section.KeyOf("Fields"), "Map at least one field: its name, and From and Type in it.");
            fields.Add(Unread);
        }

        return new DatasetMap(section.Name, Revisions(section), scheme, fields);
    }

    private static List<int> Revisions(SettingsReader section)
    {
        const string WayOut = "List the revisions of the dataset's description that the mapping follows, for instance [1].";
        var revisions = new List<int>();
        foreach (var (_, text) in section.Section("Revisions").Values())
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) || revision == 0)
            {
                section.Errors.Invalid(section.KeyOf("Revisions"), text, WayOut);
            }

            revisions.Add(revision);
        }

        if (revisions.Count == 0)
        {
            section.Errors.Missing(section.KeyOf("Revisions"), WayOut);
            revisions.Add(0);
        }

        return revisions;
    }

    private static FieldMap Field(SettingsReader section, Func<string, string?> checkFrom)
    {
        if (!NameForm().IsMatch(section.Name))
        {
            section.Errors.Malformed(section.Path, "a field's name", "Name the field as the catalogue does: a letter, then letters, digits, '-' or '_'.");
        }

        var from = section.Required("From", "Say where the back end keeps the field.");
        if (from.Length > 0 && checkFrom(from) is { } wayOut)
        {
            section.Errors.Invalid(section.KeyOf("From"), from, wayOut);
        }

        var type = section.OneOf(
            "Type",
            null,
            ("text", FieldType.Text),
            ("integer", FieldType.Integer),
            ("number", FieldType.Number),
            ("boolean", FieldType.Boolean),
            ("date", FieldType.Date));
        return new FieldMap(section.Name, from, type, Format(section, type));
    }

    private static string? Format(SettingsReader section, FieldType type)
    {
        var format = section.Optional("Format");
        if (format is not null && type is not (FieldType.Date or FieldType.Boolean))
        {
            section.Errors.Invalid(section.KeyOf("Format"), format, "Only a date or a boolean has a format: remove it.");
        }
        else if (format is not null && type == FieldType.Boolean && !FieldConversion.IsBooleanFormat(format))
        {
            section.Errors.Invalid(section.KeyOf("Format"), format, "Write the word for true, a bar, the word for false: for instance 是|否.");
        }
        else if (format is not null && type == FieldType.Date && !IsDateFormat(format))
        {
            section.Errors.Invalid(section.KeyOf("Format"), format, "Use a format that holds the year, the month and the day, for instance yyyyMMdd.");
        }

        return format;
    }

    // A format is good when a day survives the journey there and back.
    private static bool IsDateFormat(string format)
    {
        var day = new DateOnly(1987, 11, 26);
        try
        {
            var text = day.ToString(format, CultureInfo.InvariantCulture);
            return DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var back) && back == day;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex CodeForm();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
