namespace DataExchange.Adapters.Configuration;

/// <summary>A secret that the configuration points at and does not hold: a mounted file, or an environment variable. It prints as nothing.</summary>
public sealed class Secret
{
    private readonly string _value;

    /// <summary>Wraps a secret that the caller read.</summary>
    public Secret(string value) => _value = value;

    /// <summary>The secret itself, for the one call that needs it.</summary>
    public string Reveal() => _value;

    /// <summary>Not the secret.</summary>
    public override string ToString() => "(secret)";

    /// <summary>Reads <c>{name}File</c> or <c>{name}Environment</c>, one of which has to be there. A file's last line break is not part of it.</summary>
    public static Secret Read(SettingsReader section, string name)
    {
        var (file, variable) = (section.Optional(name + "File"), section.Optional(name + "Environment"));
        if ((file is null) == (variable is null))
        {
            section.Errors.Missing(
                section.KeyOf(name), $"Set either {name}File to a file that holds it or {name}Environment to the name of a variable, and not both.");
            return new Secret("");
        }

        var value = file is not null ? FromFile(section, name, file) : Environment.GetEnvironmentVariable(variable!);
        if (value is "" || (value is null && variable is not null))
        {
            section.Errors.Invalid(section.KeyOf(name), file ?? variable!, "It holds nothing there: put the secret in it.");
        }

        return new Secret(value ?? "");
    }

    private static string? FromFile(SettingsReader section, string name, string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            section.Errors.Invalid(section.KeyOf(name + "File"), file, $"It cannot be read ({exception.GetType().Name}): mount it, and let this user read it.");
            return null;
        }
    }
}
