using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace DataExchange.Adapters.Configuration;

/// <summary>
/// Reads one section of a configuration, remembers what was asked for, and collects errors that name the whole key. A reading that
/// failed returns a placeholder, so that reading goes on; <see cref="ConfigurationErrors.ThrowIfAny"/> stands between it and any use.
/// </summary>
public sealed class SettingsReader(IConfigurationSection section, ConfigurationErrors errors)
{
    private readonly Dictionary<string, SettingsReader?> _read = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The section's own name: the last part of its key.</summary>
    public string Name => section.Key;

    /// <summary>The section's whole key.</summary>
    public string Path => section.Path;

    /// <summary>Where errors go.</summary>
    public ConfigurationErrors Errors => errors;

    /// <summary>Whether anything is configured here.</summary>
    public bool Exists => section.Exists();

    /// <summary>The whole key of a setting in this section.</summary>
    public string KeyOf(string name) => $"{section.Path}:{name}";

    /// <summary>A text that has to be there; empty counts as missing.</summary>
    public string Required(string name, string wayOut)
    {
        var value = Optional(name);
        if (value is null)
        {
            errors.Missing(KeyOf(name), wayOut);
        }

        return value ?? "";
    }

    /// <summary>A text, or null.</summary>
    public string? Optional(string name)
    {
        _read.TryAdd(name, null);
        return section[name] is { Length: > 0 } value ? value : null;
    }

    /// <summary>A whole number within limits, both allowed.</summary>
    public int Integer(string name, int fallback, int least, int most)
    {
        if (Optional(name) is not { } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        errors.Invalid(KeyOf(name), text, $"Use a whole number from {least} to {most}; without it, {fallback} is used.");
        return fallback;
    }

    /// <summary>A span of time within limits, both allowed, written <c>hh:mm:ss</c>.</summary>
    public TimeSpan Duration(string name, TimeSpan fallback, TimeSpan least, TimeSpan most)
    {
        if (Optional(name) is not { } text)
        {
            return fallback;
        }

        if (TimeSpan.TryParseExact(text, ["c", "g"], CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        errors.Invalid(KeyOf(name), text, $"Use hh:mm:ss from {least:c} to {most:c}; without it, {fallback:c} is used.");
        return fallback;
    }

    /// <summary>One of a few words. Without a fallback it has to be there.</summary>
    public T OneOf<T>(string name, T? fallback, params ReadOnlySpan<(string Word, T Value)> choices)
        where T : struct
    {
        var text = Optional(name);
        var words = new List<string>();
        foreach (var (word, value) in choices)
        {
            if (word == text)
            {
                return value;
            }

            words.Add(word);
        }

        var wayOut = $"Use one of: {string.Join(", ", words)}.";
        if (text is not null)
        {
            errors.Invalid(KeyOf(name), text, wayOut);
        }
        else if (fallback is null)
        {
            errors.Missing(KeyOf(name), wayOut);
        }

        return fallback ?? default;
    }

    /// <summary>A section inside this one; it may be empty.</summary>
    public SettingsReader Section(string name)
    {
        if (!_read.TryGetValue(name, out var reader) || reader is null)
        {
            _read[name] = reader = new SettingsReader(section.GetSection(name), errors);
        }

        return reader;
    }

    /// <summary>Every section inside this one, for names that the configuration makes up itself.</summary>
    public IReadOnlyList<SettingsReader> Sections() => [.. section.GetChildren().Select(child => Section(child.Key))];

    /// <summary>Every plain value inside this section, for names that the configuration makes up itself.</summary>
    public IReadOnlyList<(string Name, string Value)> Values() =>
        [.. section.GetChildren().Where(child => child.Value is not null).Select(child => (child.Key, Optional(child.Key) ?? ""))];

    /// <summary>Reports every key here and below that nothing has read. Call it last.</summary>
    public void RefuseUnknown()
    {
        foreach (var child in section.GetChildren())
        {
            if (!_read.TryGetValue(child.Key, out var reader))
            {
                errors.Unknown(KeyOf(child.Key), _read.Keys);
            }
            else if (reader is null && child.GetChildren().Any())
            {
                errors.Invalid(KeyOf(child.Key), "a section", "Use a plain value here.");
            }

            reader?.RefuseUnknown();
        }
    }
}
