package log

//go:generate mockery --name=ILog

type ILog interface{ Write() }
