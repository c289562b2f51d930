using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Explanations;

/// <summary>The texts of explanations in one language, as <c>Texts/{language}.json</c> has them. Placeholders are <c>{name}</c>.</summary>
internal sealed partial record LanguageTexts
{
    /// <summary>Between the items of a list.</summary>
    public required string Separator { get; init; }

    /// <summary>Stands for what there is none of.</summary>
    public required string None { get; init; }

    public required IReadOnlyDictionary<string, string> Outcomes { get; init; }

    public required IReadOnlyDictionary<string, string> Statuses { get; init; }

    /// <summary>By number.</summary>
    public required IReadOnlyDictionary<string, GateText> Gates { get; init; }

    /// <summary>By kind of rule.</summary>
    public required IReadOnlyDictionary<string, string> Rules { get; init; }

    public required IReadOnlyDictionary<string, string> Phrases { get; init; }

    /// <summary>Values of enumerations, <c>{Type}.{Value}</c>, and of truth.</summary>
    public required IReadOnlyDictionary<string, string> Words { get; init; }

    /// <summary>By problem code.</summary>
    public required IReadOnlyDictionary<string, CodeText> Codes { get; init; }

    /// <summary>By language tag.</summary>
    public static IReadOnlyDictionary<string, LanguageTexts> All { get; } = new SortedDictionary<string, LanguageTexts>(StringComparer.Ordinal) { ["zh"] = Read("zh"), ["en"] = Read("en") };

    public static LanguageTexts English { get; } = All["en"];

    /// <summary>The same in every language.</summary>
    public static LocalizedText InAll(Func<LanguageTexts, string> text)
    {
        var all = new LocalizedText();
        foreach (var (language, texts) in All)
        {
            all[language] = text(texts);
        }

        return all;
    }

    /// <summary>A template with its values put in.</summary>
    public static LocalizedText InAll(Func<LanguageTexts, string> template, Values values) => InAll(texts => texts.Format(template(texts), values));

    private string Format(string template, Values values) => Placeholder().Replace(template, match => Word(values[match.Groups[1].Value])).TrimEnd();

    private string Word(object? value) => value switch
    {
        null => None,
        string text => text,
        bool truth => Words[truth.ToString()],
        Enum name => Words[$"{name.GetType().Name}.{name}"],
        Phrase phrase => Format(Phrases[phrase.Name], phrase.Values),
        LocalizedText names => Language(names),
        DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        System.Collections.IEnumerable items => string.Join(Separator, items.Cast<object?>().Select(Word)) is { Length: > 0 } list ? list : None,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"{value.GetType().Name} has no words."),
    };

    private string Language(LocalizedText names) =>
        All.FirstOrDefault(known => ReferenceEquals(known.Value, this)).Key is { } tag && names.TryGetValue(tag, out var name) ? name : names.Values.FirstOrDefault() ?? None;

    private static LanguageTexts Read(string language)
    {
        using var resource = typeof(LanguageTexts).Assembly.GetManifestResourceStream(language) ?? throw new InvalidOperationException($"There are no texts in '{language}'.");
        return JsonSerializer.Deserialize(resource, LanguageTextsJson.Default.LanguageTexts) ?? throw new InvalidOperationException($"The texts in '{language}' are empty.");
    }

    [GeneratedRegex(@"\{([a-zA-Z]+)\}")]
    private static partial Regex Placeholder();
}

/// <summary>What a gate is called and asks.</summary>
internal sealed record GateText(string Name, string Asked);

/// <summary>What a problem code means, and what can be done about it.</summary>
internal sealed record CodeText(string Meaning, string Remedy);

/// <summary>A part of a text that has a template of its own.</summary>
internal sealed record Phrase(string Name, Values Values);

/// <summary>What stands for the placeholders of a template.</summary>
internal sealed class Values() : Dictionary<string, object?>(StringComparer.Ordinal);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LanguageTexts))]
internal sealed partial class LanguageTextsJson : JsonSerializerContext;
