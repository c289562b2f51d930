namespace DataExchange.Gateway.Problems;

public static class ProblemExtensions
{
    public static void UseProblems(this WebApplication app) => app.UseMiddleware<ProblemMiddleware>();
}
