using Microsoft.Extensions.Options;

namespace DataExchange.TransparencyLog.Hosting;

internal sealed class ValidateTransparencyLogOptions : IValidateOptions<TransparencyLogOptions>
{
    public ValidateOptionsResult Validate(string? name, TransparencyLogOptions options) =>
        options.Validate().ToArray() is { Length: > 0 } errors ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
}
