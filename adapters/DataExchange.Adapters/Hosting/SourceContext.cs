using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace DataExchange.Adapters.Hosting;

/// <summary>What the host lends a source.</summary>
/// <param name="Loggers">For its logs, which hold no personal data.</param>
/// <param name="Meters">For its metrics, on the meter <see cref="AdapterHost.MeterName"/>.</param>
/// <param name="Clock">Its only clock.</param>
public sealed record SourceContext(ILoggerFactory Loggers, IMeterFactory Meters, TimeProvider Clock);
