using DataExchange.TransparencyLog.Tests;
using DataExchange.TransparencyLog.Tests.Crash;
using DataExchange.TransparencyLog.Tests.Faults;

// Either the test runner, or the process that a crash test starts and breaks.
return args switch
{
    [AppendUntilKilled.Command, var folder] => await AppendUntilKilled.RunAsync(folder),
    [FaultySession.Command] => FaultySession.Run(),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
