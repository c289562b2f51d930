using Microsoft.Extensions.Options;

namespace DataExchange.Enforcement.Batch;

internal sealed class BatchOptionsValidator : IValidateOptions<BatchOptions>
{
    public ValidateOptionsResult Validate(string? name, BatchOptions options)
    {
        var faults = new List<string>();
        if (options.Concurrency is < 1 or > 1024)
        {
            faults.Add($"{BatchOptions.Section}:Concurrency is {options.Concurrency}: allowed is 1 to 1024.");
        }

        if (options.MaxLineBytes is < 256 or > 1024 * 1024)
        {
            faults.Add($"{BatchOptions.Section}:MaxLineBytes is {options.MaxLineBytes}: allowed is 256 to 1048576.");
        }

        if (options.MaxBytes < options.MaxLineBytes)
        {
            faults.Add($"{BatchOptions.Section}:MaxBytes is {options.MaxBytes}: allowed is MaxLineBytes ({options.MaxLineBytes}) and more.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
