namespace DataExchange.Witness;

/// <summary>The witness does not start. The message says what is wrong and the way out, for whoever operates it.</summary>
public sealed class WitnessRefusedException : Exception
{
    public WitnessRefusedException()
    {
    }

    public WitnessRefusedException(string message)
        : base(message)
    {
    }

    public WitnessRefusedException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary>All that is wrong with the settings, at once.</summary>
    internal static WitnessRefusedException OfSettings(IReadOnlyCollection<string> errors) => new(
        "The witness's configuration has " + (errors.Count == 1 ? "an error:" : $"{errors.Count} errors:")
        + string.Concat(errors.Select(error => Environment.NewLine + "  - " + error)));
}
