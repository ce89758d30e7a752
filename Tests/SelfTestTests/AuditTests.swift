import Testing

@testable import SelfTest
