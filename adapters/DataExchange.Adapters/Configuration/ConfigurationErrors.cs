namespace DataExchange.Adapters.Configuration;

/// <summary>Collects everything that is wrong with a configuration, so that one start shows it all.</summary>
public sealed class ConfigurationErrors
{
    private readonly List<string> _messages = [];

    /// <summary>What was found so far, in the order of reading.</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <summary>A key without a value.</summary>
    public void Missing(string key, string wayOut) => _messages.Add($"{key} is missing. {wayOut}");

    /// <summary>A value that will not do. Never pass a secret as the value.</summary>
    public void Invalid(string key, string value, string wayOut) => _messages.Add($"{key} is '{value}'. {wayOut}");

    /// <summary>A key that the configuration makes up itself, and that is not of the form it should be.</summary>
    public void Malformed(string key, string form, string wayOut) => _messages.Add($"{key} is not {form}. {wayOut}");

    /// <summary>A key that nothing reads: most often a slip of the pen.</summary>
    public void Unknown(string key, IEnumerable<string> known) =>
        _messages.Add($"{key} is not a setting. Remove it, or use one of: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");

    /// <summary>Refuses to go on with any error.</summary>
    /// <exception cref="AdapterConfigurationException">There is at least one.</exception>
    public void ThrowIfAny()
    {
        if (_messages.Count > 0)
        {
            throw new AdapterConfigurationException(_messages);
        }
    }
}

/// <summary>The configuration will not do. The message lists every error: its key, its value and the way out.</summary>
public sealed class AdapterConfigurationException(IReadOnlyList<string> errors)
    : Exception("The adapter's configuration has " + (errors.Count == 1 ? "an error:" : $"{errors.Count} errors:")
        + string.Concat(errors.Select(error => Environment.NewLine + "  - " + error)))
{
    /// <summary>The errors, one a message.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
