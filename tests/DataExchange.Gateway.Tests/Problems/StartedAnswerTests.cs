using DataExchange.Gateway.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace DataExchange.Gateway.Tests.Problems;

/// <summary>An answer that fails half way is cut off, and what the failure says of the data stays out of the log.</summary>
public sealed class StartedAnswerTests
{
    [Fact]
    public async Task A_failure_after_the_answer_has_begun_is_logged_without_its_message_and_cuts_the_connection()
    {
        var log = new Lines();
        var lifetime = new Lifetime();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseFeature>(new Started());
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);

        await new ProblemMiddleware(_ => throw new InvalidOperationException("quoted data"), log).InvokeAsync(context);

        Assert.True(lifetime.Aborted);
        var line = Assert.Single(log.Written);
        Assert.Contains(nameof(InvalidOperationException), line, StringComparison.Ordinal);
        Assert.DoesNotContain("quoted data", line, StringComparison.Ordinal);
    }

    private sealed class Started : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool Aborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => Aborted = true;
    }

    private sealed class Lines : ILogger<ProblemMiddleware>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception) + exception);
    }
}
